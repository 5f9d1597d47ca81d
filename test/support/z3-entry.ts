/**
 * z3 in a process of its own: it keeps threads, and a process that is ended takes them along. A message is a script in SMT-LIB and
 * the questions to put to it one by one; the answer is a model or nothing for each.
 */
import { init, killThreads, type Z3_context, type Z3_model } from 'z3-solver';
import type { Answered, Asked, Model } from './z3.js';

const { Z3, em } = await init();
const CERTAIN = 1;
const IMPOSSIBLE = -1;

/** In a context of its own, so that its memory is free again afterwards. */
async function answer({ script, questions, bare = false }: Asked): Promise<Answered> {
  const configuration = Z3.mk_config();
  const context = Z3.mk_context(configuration);
  try {
    const solver = Z3.mk_simple_solver(context);
    Z3.solver_inc_ref(context, solver);
    // `eval_smtlib2_string` would take the questions as they are, but reads its text in another thread after it has been freed.
    const asked = questions.map((each, index) => `(declare-const ask_${index} Bool)(assert (= ask_${index} ${each}))`);
    Z3.solver_from_string(context, solver, `${script}\n${asked.join('\n')}`);
    const models: (Model | null)[] = [];
    for (const index of questions.keys()) {
      const symbol = Z3.mk_string_symbol(context, `ask_${index}`);
      const said = await Z3.solver_check_assumptions(context, solver, [
        Z3.mk_const(context, symbol, Z3.mk_bool_sort(context)),
      ]);
      if (said !== CERTAIN && said !== IMPOSSIBLE) throw new Error(`z3 does not know: ${questions[index]}`);
      if (said === IMPOSSIBLE) models.push(null);
      else models.push(bare ? {} : modelOf(context, Z3.solver_get_model(context, solver)));
    }
    return { models };
  } finally {
    Z3.del_context(context);
    Z3.del_config(configuration);
  }
}

function modelOf(context: Z3_context, found: Z3_model): Model {
  const model: Record<string, string> = {};
  Z3.model_inc_ref(context, found);
  for (let index = 0; index < Z3.model_get_num_consts(context, found); index++) {
    const declaration = Z3.model_get_const_decl(context, found, index);
    const name = Z3.get_symbol_string(context, Z3.get_decl_name(context, declaration));
    const value = name.startsWith('ask_') ? null : Z3.model_get_const_interp(context, found, declaration);
    if (value !== null) model[name] = Z3.ast_to_string(context, value);
  }
  Z3.model_dec_ref(context, found);
  return model;
}

process.on('message', async (asked: Asked) => {
  try {
    process.send?.(await answer(asked));
  } catch (error) {
    process.send?.({ error: error instanceof Error ? error.message : String(error) } satisfies Answered);
  }
});
process.on('disconnect', async () => {
  await killThreads(em);
  process.exit();
});
process.send?.('ready');
