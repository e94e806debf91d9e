import { currentActing } from '../../shared/acting.ts';
import { api, type Task, unwrap } from '../../shared/api.ts';
import { toProblem, unreachable } from '../../shared/problem.ts';

export const MAX_BYTES = 10 * 1_048_576;
export const EXTENSIONS = 'jpg jpeg png gif webp avif pdf doc docx txt md csv xls xlsx ppt pptx'.split(' ');
/** What a file dialog offers. */
export const ACCEPT = EXTENSIONS.map((extension) => `.${extension}`).join(',');

export function isKnownType(name: string): boolean {
  return EXTENSIONS.includes(name.split('.').at(-1)?.toLowerCase() ?? '');
}

function read(request: XMLHttpRequest): unknown {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return {};
  }
}

/** Sends one file. By XMLHttpRequest, as `fetch` does not tell how much is on its way. */
function send(taskId: string, file: File, onProgress: (share: number) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append('files', file);
    request.open('POST', `/v1/tasks/${taskId}/attachments`);
    const acting = currentActing();
    if (acting) request.setRequestHeader('authorization', `Bearer ${acting.token}`);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const { status } = request;
      if (status < 300) return resolve();
      const retryAfter = request.getResponseHeader('retry-after');
      const headers = retryAfter === null ? undefined : { 'retry-after': retryAfter };
      reject(toProblem(new Response(null, { status, ...(headers && { headers }) }), read(request)));
    };
    request.onerror = () => reject(unreachable());
    request.send(form);
  });
}

/** Uploads a file. A small request first renews a session that has run out, which the upload cannot do on its way. */
export async function upload(task: Task, file: File, onProgress: (share: number) => void): Promise<void> {
  await unwrap(api.GET('/v1/tasks/{taskId}', { params: { path: { taskId: task.id } } }));
  await send(task.id, file, onProgress);
}
