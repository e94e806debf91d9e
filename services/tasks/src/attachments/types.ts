/** How a file is treated. */
export type Kind = 'image' | 'document' | 'text';

export interface FileType {
  mimeType: string;
  kind: Kind;
}

const OFFICE = 'application/vnd.openxmlformats-officedocument.';

/** Every extension that is taken. */
const TYPES: Readonly<Record<string, FileType>> = {
  jpg: { mimeType: 'image/jpeg', kind: 'image' },
  jpeg: { mimeType: 'image/jpeg', kind: 'image' },
  png: { mimeType: 'image/png', kind: 'image' },
  gif: { mimeType: 'image/gif', kind: 'image' },
  webp: { mimeType: 'image/webp', kind: 'image' },
  avif: { mimeType: 'image/avif', kind: 'image' },
  pdf: { mimeType: 'application/pdf', kind: 'document' },
  doc: { mimeType: 'application/msword', kind: 'document' },
  docx: { mimeType: `${OFFICE}wordprocessingml.document`, kind: 'document' },
  xls: { mimeType: 'application/vnd.ms-excel', kind: 'document' },
  xlsx: { mimeType: `${OFFICE}spreadsheetml.sheet`, kind: 'document' },
  ppt: { mimeType: 'application/vnd.ms-powerpoint', kind: 'document' },
  pptx: { mimeType: `${OFFICE}presentationml.presentation`, kind: 'document' },
  txt: { mimeType: 'text/plain', kind: 'text' },
  md: { mimeType: 'text/markdown', kind: 'text' },
  csv: { mimeType: 'text/csv', kind: 'text' },
};

/** What names a content by another extension than people do. */
const SAME: Readonly<Record<string, string>> = { jpeg: 'jpg', apng: 'png' };

const canonical = (extension: string) => SAME[extension] ?? extension;

/** `Notes.TXT` → `txt`; empty where there is none. */
export function extensionOf(name: string): string {
  return /\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}

/** What an extension promises, or null when such files are not taken. */
export function typeOfExtension(extension: string): FileType | null {
  return Object.hasOwn(TYPES, extension) ? (TYPES[extension] as FileType) : null;
}

/** Whether a content is what the extension of its name promises. */
export function agrees(extension: string, content: string): boolean {
  return canonical(extension) === canonical(content);
}
