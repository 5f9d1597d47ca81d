import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router';
import { DeskRoute } from '../desk/desk-route.js';
import { readDeskSearch } from '../desk/desk-search.js';
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

/** Names and numbers of people stand in no address: what is searched for is kept in the page. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([courtsRoute, deskRoute]),
  defaultErrorComponent: PageFault,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
