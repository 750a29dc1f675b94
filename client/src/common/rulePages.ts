import * as vscode from 'vscode';

/** Shows the page of a rule; the code of a finding leads to it. */
export const SHOW_RULE = 'gouji.showRule';

/** Where the server finds the page of a rule: a command, for the pages come with the extension, on any host. */
export const RULE_PAGES = `command:${SHOW_RULE}?%5B%22{rule}%22%5D`;

const RULE = /^[a-z][\w-]*(?:\.[\w-]+)+$/;

export async function showRule(context: vscode.ExtensionContext, rule: unknown): Promise<void> {
  if (typeof rule !== 'string' || !RULE.test(rule)) return;
  const page = vscode.Uri.joinPath(context.extensionUri, 'docs', 'rules', `${rule}.md`);
  await vscode.commands.executeCommand('markdown.showPreview', page);
}
