import * as vscode from 'vscode';

export interface Choice extends vscode.QuickPickItem {
  readonly id: string;
}

/** What is asked: one of a few, or a line of text. */
export type Question = { readonly prompt: string } & (
  | { readonly choices: readonly Choice[] }
  | {
      /** What is likely; the user may accept it as it is. */
      readonly value?: string;
      readonly placeholder?: string;
      /** What is wrong with an answer. */
      readonly wrong?: (text: string) => string | undefined;
    }
);

const BACK = Symbol('back');
type Answer = string | typeof BACK | undefined;

/**
 * Asks one question after the other, with a way back. Each takes the place of the one before without the
 * focus going anywhere in between, and waits while its answer is looked up elsewhere.
 *
 * @returns the answers, an id for a choice; undefined when the user gave up
 */
export async function askInTurn(
  title: string,
  questions: readonly Question[],
): Promise<string[] | undefined> {
  const answers: string[] = [];
  let before: vscode.QuickInput | undefined;
  let at = 0;
  try {
    while (at < questions.length) {
      const input = inputFor(questions[at]!, answers[at]);
      input.title = vscode.l10n.t('{0}: {1}', title, questions[at]!.prompt);
      if (questions.length > 1) {
        input.step = at + 1;
        input.totalSteps = questions.length;
      }
      input.ignoreFocusOut = true;
      if (at > 0) input.buttons = [vscode.QuickInputButtons.Back];
      const answering = answerOf(input, questions[at]!);
      input.show();
      before?.dispose();
      before = input;
      const answer = await answering;
      if (answer === undefined) return undefined;
      if (answer === BACK) at--;
      else answers[at++] = answer;
    }
    return answers;
  } finally {
    before?.dispose();
  }
}

type Input = vscode.QuickPick<Choice> | vscode.InputBox;

const isPick = (input: Input): input is vscode.QuickPick<Choice> => 'activeItems' in input;

function inputFor(question: Question, known: string | undefined): Input {
  if ('choices' in question) {
    const pick = vscode.window.createQuickPick<Choice>();
    pick.items = question.choices;
    const chosen = question.choices.find(({ id }) => id === known) ?? question.choices[0];
    if (chosen) pick.activeItems = [chosen];
    return pick;
  }
  const box = vscode.window.createInputBox();
  box.value = known ?? question.value ?? '';
  box.placeholder = question.placeholder;
  return box;
}

function answerOf(input: Input, question: Question): Promise<Answer> {
  return new Promise((resolve) => {
    const wrong = 'wrong' in question ? question.wrong : undefined;
    input.onDidTriggerButton(() => {
      resolve(BACK);
    });
    input.onDidHide(() => {
      resolve(undefined);
    });
    if (isPick(input)) {
      input.onDidAccept(() => {
        const chosen = input.activeItems[0];
        if (chosen) resolve(chosen.id);
      });
      return;
    }
    input.onDidChangeValue((text) => {
      input.validationMessage = wrong?.(text);
    });
    input.onDidAccept(() => {
      input.validationMessage = wrong?.(input.value);
      if (input.validationMessage === undefined) resolve(input.value);
    });
  });
}
