import { contracts } from '@spacedly/contracts';
import { openApiDocument } from '@spacedly/contracts/openapi';
import { envExample, version } from '@spacedly/kit';

export function printOpenApi(): void {
  console.log(JSON.stringify(openApiDocument(contracts, version), null, 2));
}

export function printEnvExample(): void {
  process.stdout.write(envExample());
}
