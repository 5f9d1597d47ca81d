import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { changeUser } from '../../../app/accounts/change-user.js';
import { createUser } from '../../../app/accounts/create-user.js';
import { listUsers } from '../../../app/accounts/list-users.js';
import type { AccountPorts } from '../../../app/accounts/ports.js';
import type { UserView } from '../../../app/accounts/user-view.js';
import { changedUserView, newUserBody, newUserView, userChangeBody, usersView } from '../contract/accounts.js';
import { courtParams, idParams } from '../contract/common.js';
import '../route-config.js';

/** The users of a court. */
export const userRoutes: FastifyPluginAsyncZod<{ readonly ports: AccountPorts }> = async (app, { ports }) => {
  app.get(
    '/api/v1/courts/:court/users',
    { config: { action: 'user.read' }, schema: { params: courtParams, response: { 200: usersView } } },
    async ({ principal, params }) => ({ items: (await listUsers(ports, principal, params.court)).map(written) }),
  );

  app.post(
    '/api/v1/courts/:court/users',
    {
      config: { action: 'user.manage' },
      schema: { params: courtParams, body: newUserBody, response: { 201: newUserView } },
    },
    async ({ principal, params, body }, reply) => {
      const { user, password } = await createUser(ports, principal, params.court, body);
      return reply.code(201).send({ user: written(user), password });
    },
  );

  app.patch(
    '/api/v1/courts/:court/users/:id',
    {
      config: { action: 'user.manage' },
      schema: { params: idParams, body: userChangeBody, response: { 200: changedUserView } },
    },
    async ({ principal, params, body }) => {
      const { user, password } = await changeUser(ports, principal, { court: params.court, user: params.id }, body);
      app.sessionWatch.lookAgain((session) => session.principal.user === user.id);
      return { user: written(user), password };
    },
  );
};

const written = (user: UserView) => ({ ...user, postings: [...user.postings] });
