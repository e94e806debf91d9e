import { describe, expect, it } from 'vitest';
import { changedFields, isTooLong, rebase, splitSections, toChanges } from './document-rules.ts';

const base = { title: 'Graphs', content: 'a', tags: ['x'], visibility: 'private' as const };

describe('what is saved of a document', () => {
  it('is what was changed', () => {
    expect(changedFields({ ...base, tags: ['x'] }, base)).toEqual([]);
    expect(toChanges({ ...base, content: 'b', tags: ['x', 'y'] }, base)).toEqual({
      content: 'b',
      tags: ['x', 'y'],
    });
  });

  it('follows a newer version where nothing was typed', () => {
    const latest = { ...base, title: 'Trees', tags: [] };
    const moved = rebase({ ...base, content: 'mine' }, base, latest);
    expect(moved).toEqual({ values: { ...latest, content: 'mine' }, hasConflicts: false });
  });

  it('is in conflict where the same was changed to something else', () => {
    const latest = { ...base, content: 'theirs' };
    expect(rebase({ ...base, content: 'mine' }, base, latest).hasConflicts).toBe(true);
    expect(rebase({ ...base, content: 'theirs' }, base, latest).hasConflicts).toBe(false);
  });

  it('is at most 1 MB in UTF-8', () => {
    expect(isTooLong('x'.repeat(1_048_576))).toBe(false);
    expect(isTooLong('x'.repeat(1_048_577))).toBe(true);
    expect(isTooLong('ä'.repeat(524_288))).toBe(false);
    expect(isTooLong('ä'.repeat(524_289))).toBe(true);
  });
});

describe('sections of a long text', () => {
  it('are none in a short one', () => {
    expect(splitSections('a\n\nb', 100)).toEqual(['a\n\nb']);
  });

  it('begin where something new begins', () => {
    expect(splitSections('one\n\n- a\n\n- b\n\n  more\n\ntwo\n\nthree', 5)).toEqual([
      'one\n\n- a\n\n- b\n\n  more\n',
      'two\n',
      'three',
    ]);
  });

  it('do not part a fence, also not one with a shorter one inside', () => {
    const fence = '````md\nx\n\n```js\n\ny\n```\n\nz\n````';
    expect(splitSections(`aaaa\n\n${fence}\n\nend`, 5)).toEqual(['aaaa\n', `${fence}\n`, 'end']);
  });

  it('keep the definitions of their links', () => {
    expect(splitSections('see [it]\n\nplain\n\n[it]: https://example.com', 5)).toEqual([
      'see [it]\n\n\n[it]: https://example.com',
      'plain\n',
      '[it]: https://example.com\n\n[it]: https://example.com',
    ]);
  });

  it('lose nothing', () => {
    const long = Array.from({ length: 500 }, (_, n) => `# ${n}\n\ntext ${n}\n\n1. a\n\n   b`).join('\n\n');
    expect(splitSections(long, 200).join('\n')).toBe(long);
  });
});
