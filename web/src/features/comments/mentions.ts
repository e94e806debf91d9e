/** As the server reads them: a name after an @ that begins a word. */
const MENTION = /(?<![\p{L}\p{N}_.@-])@[\w.-]*\w/gu;

/** A comment in parts; every second one is a mention. */
export function splitMentions(content: string): { text: string; isMention: boolean }[] {
  const parts: { text: string; isMention: boolean }[] = [];
  let end = 0;
  for (const { 0: text, index } of content.matchAll(MENTION)) {
    if (index > end) parts.push({ text: content.slice(end, index), isMention: false });
    parts.push({ text, isMention: true });
    end = index + text.length;
  }
  if (end < content.length) parts.push({ text: content.slice(end), isMention: false });
  return parts;
}
