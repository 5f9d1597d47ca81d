import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import Button from 'antd/es/button';
import { useState } from 'react';
import { download, fileAddress } from '../api/download.js';
import { messageOf } from '../api/problem.js';
import { useCourt, useMay } from '../desk/court.js';
import { Alert } from '../parts/alert.js';
import { DayField } from '../parts/day-field.js';
import { Dialog } from '../parts/dialog.js';
import styles from '../parts/dialogs.module.css';
import { Field } from '../parts/field.js';
import { tellDone } from '../parts/notices.js';
import { isDay, today } from '../words/days.js';

const NO_DAY = '请填一个日期，如 20260309';

/** 台账 and 周报 for whoever looks after the court's clocks, and the way to what is late. */
export function ReportDialog({ onClose }: { readonly onClose: () => void }) {
  const { code } = useCourt();
  const may = useMay();
  return (
    <Dialog title="流程台账和周报" width={460} onClose={onClose}>
      <div className={styles.form}>
        {may('filing.list') && (
          <p className={styles.lead}>
            逾期还没有办结的，在
            <Link to="/review/$court" params={{ court: code }} search={{ overdue: true }} onClick={onClose}>
              复核台的队列
            </Link>
            里看；谁在何时发过哪一张单，打开那一件看。
          </p>
        )}
        {may('register.export') && <RegisterForm />}
        {may('report.export') && <WeekForm />}
        <div className={styles.buttons}>
          <Button onClick={onClose}>关闭</Button>
        </div>
      </div>
    </Dialog>
  );
}

/** Fetches a file; what the service refuses is told under the fields that asked for it. */
function useFile(path: Parameters<typeof fileAddress>[0], otherwise: string) {
  const { code } = useCourt();
  return useMutation({
    mutationFn: (query: Readonly<Record<string, string>>) =>
      download(fileAddress(path, { court: code }, query), otherwise),
    onSuccess: (name) => tellDone(`已下载 ${name}`),
  });
}

function RegisterForm() {
  const [from, setFrom] = useState(`${today().slice(0, 8)}01`);
  const [to, setTo] = useState(today());
  const [tried, setTried] = useState(false);
  const file = useFile('/api/v1/courts/{court}/registers/flows.xlsx', '流程台账.xlsx');
  const errorOf = (day: string): string | undefined => (tried && !isDay(day) ? NO_DAY : undefined);
  return (
    <form
      className={styles.form}
      aria-label="流程台账"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (isDay(from) && isDay(to)) file.mutate({ from, to });
      }}
    >
      <Field label="台账从哪一天起" required error={errorOf(from)}>
        {(control) => <DayField {...control} value={from} onChange={setFrom} />}
      </Field>
      <Field label="到哪一天止" required error={errorOf(to)} hint="这段时间里办过和没有办结的都列出来">
        {(control) => <DayField {...control} value={to} onChange={setTo} />}
      </Field>
      {file.error !== null && <Alert tone="wrong">{messageOf(file.error)}</Alert>}
      <div className={styles.buttons}>
        <Button type="primary" htmlType="submit" loading={file.isPending}>
          下载台账
        </Button>
      </div>
    </form>
  );
}

function WeekForm() {
  const [day, setDay] = useState(today());
  const [tried, setTried] = useState(false);
  const file = useFile('/api/v1/courts/{court}/reports/weekly.xlsx', '流程周报.xlsx');
  return (
    <form
      className={styles.form}
      aria-label="周报"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (isDay(day)) file.mutate({ day });
      }}
    >
      <Field
        label="周报是哪一天的那一周"
        required
        error={tried && !isDay(day) ? NO_DAY : undefined}
        hint="周一到周日，并列上一周"
      >
        {(control) => <DayField {...control} value={day} onChange={setDay} />}
      </Field>
      {file.error !== null && <Alert tone="wrong">{messageOf(file.error)}</Alert>}
      <div className={styles.buttons}>
        <Button type="primary" htmlType="submit" loading={file.isPending}>
          下载周报
        </Button>
      </div>
    </form>
  );
}
