// The entry of `npm start`, `npm test`, `npm run dev`, `npm run check` and `npm run spacedly`.
// Works with nothing installed, on any Node from 20.19; older ones are told so, hence no newer syntax in this file.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Spacedly needs Node 20.19 or newer, and this is Node ${process.versions.node}. Get one from https://nodejs.org`,
  );
  process.exit(1);
} else {
  import('./lib/main.mjs').then(
    (module) => module.main(process.argv.slice(2)),
    (error) => {
      console.error(error);
      process.exitCode = 1;
    },
  );
}
