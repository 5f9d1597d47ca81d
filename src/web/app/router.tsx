import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Navigate } from '@tanstack/react-router';
import { DeskRoute } from '../desk/desk-route.js';
import { readDeskSearch } from '../desk/desk-search.js';
import { readMineSearch } from '../judge/mine-search.js';
import { readReviewSearch } from '../review/review-search.js';
import { readRulesSearch } from '../rules/rules-search.js';
import { CourtChoice } from './court-choice.js';
import { NotFound, PageFault } from './faults.js';
import { SessionBoundary } from './session-boundary.js';

const rootRoute = createRootRoute({ component: SessionBoundary, notFoundComponent: NotFound });

const courtsRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', component: CourtChoice });

const deskRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/desk/$court',
  validateSearch: readDeskSearch,
  component: DeskRoute,
});

const reviewRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/review/$court',
  validateSearch: readReviewSearch,
  component: lazyRouteComponent(() => import('../review/review-route.js'), 'ReviewRoute'),
});

const rulesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/rules/$court',
  validateSearch: readRulesSearch,
  component: lazyRouteComponent(() => import('../rules/rules-route.js'), 'RulesRoute'),
});

const filingRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/filing/$court/$id',
  component: lazyRouteComponent(() => import('../filing/filing-route.js'), 'FilingRoute'),
});

const mineRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/mine/$court',
  validateSearch: readMineSearch,
  component: lazyRouteComponent(() => import('../judge/mine-route.js'), 'MineRoute'),
});

/** Other addresses that lead here: the sign-on comes back to one of them. */
const ToCourts = () => <Navigate to="/" replace />;
const signInRoute = createRoute({ getParentRoute: () => rootRoute, path: '/sign-in', component: ToCourts });
const deskOfNoCourtRoute = createRoute({ getParentRoute: () => rootRoute, path: '/desk', component: ToCourts });

/** Names and numbers of people stand in no address: what is searched for is kept in the page. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([
    courtsRoute,
    deskRoute,
    mineRoute,
    reviewRoute,
    rulesRoute,
    filingRoute,
    signInRoute,
    deskOfNoCourtRoute,
  ]),
  defaultErrorComponent: PageFault,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
