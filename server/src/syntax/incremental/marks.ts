import type { Language } from '../tree';
import type { Line } from './store';

/** What keeps a YAML text from being read in parts. */
const WHOLE = /^(?:(?:---|\.\.\.|\s*\?)(?:\s|$)|%|<{7}|>{7}|={7}(?:\s|$))|\r(?!\n)/m;

/** A text that is one bracket: nothing in it stands for itself. */
const FLOW = /^\s*[[{]/;

const CONFLICT = /^(?:[<>]{7}|={7}(?:\s|$))/m;

/** Lines that mean something beside what is in them, by what they mean. */
export class Marks {
  /** First lines of units with problems or repeated keys inside. */
  readonly troubled = new Set<Line>();
  /** Lines because of which the document must be read as a whole. */
  readonly whole = new Set<Line>();
  /**
   * Lines of JSON that contradict their indentation. That is an error only if brackets are missing; if
   * they are all there, the text has to be read by its brackets alone.
   */
  readonly suspect = new Set<Line>();
  /** Brackets opened less brackets closed in all lines as they are written (JSON). */
  balance = 0;
  /** How many more are opened in lines as they are meant, by the first of these lines (JSON). */
  private readonly meant = new Map<Line, number>();
  private readonly anchors = new Set<Line>();
  private readonly aliases = new Set<Line>();
  private readonly all = [this.troubled, this.whole, this.suspect, this.anchors, this.aliases];

  get needWhole(): boolean {
    return this.whole.size > 0 || (this.anchors.size > 0 && this.aliases.size > 0);
  }

  get contradictBrackets(): boolean {
    if (this.suspect.size === 0) return false;
    let { balance } = this;
    for (const more of this.meant.values()) balance += more;
    return balance === 0;
  }

  /** Takes in that lines are read otherwise than they are written: a lost quote makes brackets of text. */
  mend(first: Line, more: number): void {
    if (more !== 0) this.meant.set(first, more);
  }

  forget(line: Line): void {
    this.meant.delete(line);
    for (const set of this.all) set.delete(line);
  }

  /** Marks the first line of a text for what stands in it. */
  read(first: Line, text: string, language: Language, isOutermost: boolean): void {
    if (language === 'json') {
      if (CONFLICT.test(text)) this.whole.add(first);
      return;
    }
    if (WHOLE.test(text) || (isOutermost && FLOW.test(text))) this.whole.add(first);
    if (text.includes('&')) this.anchors.add(first);
    if (text.includes('*')) this.aliases.add(first);
  }
}
