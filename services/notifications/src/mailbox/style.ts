import { COLOUR_VARIABLES } from '../templates/colours.ts';

/** The look of the mailbox page; it has no script and loads nothing. */
export const STYLE = `${COLOUR_VARIABLES}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--text);font:16px/1.5 -apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif}
main{max-width:760px;margin:0 auto;padding:24px 16px 64px}
h1{font-size:22px;margin:0}
h2{font-size:17px;margin:4px 0 0;overflow-wrap:anywhere}
a{color:var(--accent)}
header{display:flex;gap:8px 16px;align-items:baseline;flex-wrap:wrap;justify-content:space-between}
.quiet{color:var(--quiet);font-size:14px;overflow-wrap:anywhere}
form{display:flex;gap:8px;margin:16px 0 24px}
input,button{font:inherit;padding:8px 12px;border:1px solid var(--line);border-radius:8px;background:var(--card);color:inherit}
input{flex:1;min-width:0}
input::placeholder{color:var(--quiet);opacity:1}
button{cursor:pointer}
article{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:16px 20px;margin:0 0 16px}
.row{display:flex;justify-content:space-between;gap:4px 16px;flex-wrap:wrap}
.badge{font-size:12px;font-weight:600;text-transform:uppercase;letter-spacing:.06em;color:var(--accent)}
.code{font:600 32px/44px ui-monospace,Menlo,Consolas,monospace;letter-spacing:6px;user-select:all;-webkit-user-select:all;margin:8px 0 0}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;margin:8px 0 0}
details{margin:12px 0 0}
summary{cursor:pointer;color:var(--quiet);font-size:14px}
iframe{width:100%;height:520px;border:1px solid var(--line);border-radius:8px;margin:8px 0 0;background:var(--page)}
.empty{text-align:center;padding:48px 16px;color:var(--quiet)}
`;
