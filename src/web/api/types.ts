import type { paths } from './schema.js';

type Answer<Operation> = Operation extends { responses: { 200: { content: { 'application/json': infer Body } } } }
  ? Body
  : never;

export type SessionView = Answer<paths['/api/v1/session']['get']>;
export type CourtView = SessionView['courts'][number];
export type Vocabulary = Answer<paths['/api/v1/vocabulary']['get']>;
export type Term = { readonly key: string; readonly word: string };
export type BatchView = Answer<paths['/api/v1/courts/{court}/batches/{id}']['get']>;
export type FilingPage = Answer<paths['/api/v1/courts/{court}/filings']['get']>;
export type FilingRow = FilingPage['items'][number];
export type FilingState = FilingRow['state'];
export type Clock = NonNullable<FilingRow['clock']>;
export type FilingView = Answer<paths['/api/v1/courts/{court}/filings/{id}']['get']>;
export type FilingFields = FilingView['filing'];
export type Decision = NonNullable<FilingView['decision']>;
export type Reason = Decision['reasons'][number];
export type Basis = Reason['basis'][number];
export type Handover = FilingView['handovers'][number];
export type BenchJudge = Answer<paths['/api/v1/courts/{court}/judges']['get']>['judges'][number];
/** A decision that was decided again. */
export type Replayed = Answer<paths['/api/v1/courts/{court}/filings/{id}/decisions/{number}/replay']['get']>;
export type FlowView = Answer<paths['/api/v1/courts/{court}/filings/{id}/flows']['get']>['items'][number];
export type FilingClock = Answer<paths['/api/v1/courts/{court}/filings/{id}/clocks']['get']>['items'][number];
export type ClockAdjustment = FilingClock['adjustments'][number];
export type ClockActBody = Body<paths['/api/v1/courts/{court}/filings/{id}/clocks']['post']>;
export type FlowRun = FlowView['runs'][number];
export type FlowStep = FlowView['steps'][number];
export type ObjectionRow = Answer<paths['/api/v1/courts/{court}/objections']['get']>['items'][number];
export type ObjectionView = Answer<paths['/api/v1/courts/{court}/objections/{id}']['get']>;
export type ObjectionAction = ObjectionView['actions'][number];
export type CitedCase = ObjectionView['asked']['cases'][number];
export type ObjectionsFilter = NonNullable<paths['/api/v1/courts/{court}/objections']['get']['parameters']['query']>;
export type MyCase = Answer<paths['/api/v1/courts/{court}/mine/cases']['get']>['items'][number];
export type Notification = Answer<paths['/api/v1/courts/{court}/mine/notifications']['get']>['items'][number];
export type ClockLine = Answer<paths['/api/v1/courts/{court}/clocks']['get']>['items'][number];
export type Evidence = Answer<paths['/api/v1/courts/{court}/filings/{id}/flows/evidence']['get']>;
export type EvidenceCase = Evidence['items'][number];
export type Absence = Answer<paths['/api/v1/courts/{court}/absences']['get']>['items'][number];
export type RuleWords = Answer<paths['/api/v1/rules/words']['get']>;
type ReadRules = Answer<paths['/api/v1/rules/read']['post']>;
export type ReadCard = ReadRules['cards'][number];
export type ReadRow = ReadRules['rows'][number];
export type DraftRow = Answer<paths['/api/v1/rules/drafts']['get']>['items'][number];
export type DraftView = Answer<paths['/api/v1/rules/drafts/{draft}']['get']>;
export type DraftFile = Answer<paths['/api/v1/rules/drafts/{draft}/file']['get']>;
export type DraftFileRow = Answer<paths['/api/v1/rules/drafts/{draft}/files']['get']>['items'][number];
export type FileChange = NonNullable<DraftFileRow['change']>;
export type DraftCheck = Answer<paths['/api/v1/rules/drafts/{draft}/check']['post']>;
export type DraftDiff = Answer<paths['/api/v1/rules/drafts/{draft}/diff']['post']>;
export type ReleaseRow = Answer<paths['/api/v1/rules/releases']['get']>['items'][number];
export type ReleaseView = Answer<paths['/api/v1/rules/releases/{number}']['get']>;
/** Which cases come out otherwise; null of a release that nobody compared. */
export type RuleDiff = ReleaseView['reports']['diff'];
export type EarlierDecisions = Answer<paths['/api/v1/rules/releases/{number}/earlier-decisions']['get']>;
export type ReleaseStep = ReleaseView['steps'][number];
export type AnswerValue = boolean | number | string | null;
type Body<Operation> = Operation extends { requestBody: { content: { 'application/json': infer Content } } }
  ? Content
  : never;
export type HandoverBody = Body<paths['/api/v1/courts/{court}/filings/{id}/handovers']['post']>;
export type ClosureBody = Body<paths['/api/v1/courts/{court}/filings/{id}/closure']['post']>;
export type AbsencePreview = Answer<paths['/api/v1/courts/{court}/absences/preview']['get']>;
export type AbsenceBody = Body<paths['/api/v1/courts/{court}/absences']['post']>;
export type FlowActBody = Body<paths['/api/v1/courts/{court}/filings/{id}/flows']['post']>;
export type Matter = NonNullable<paths['/api/v1/causes']['get']['parameters']['query']['matter']>;
