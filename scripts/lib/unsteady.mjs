/**
 * A reporter of vitest that names each test which passed only when it was run again, so that a retry hides nothing:
 * `unsteady: file > name`, after everything else.
 */
export default class Unsteady {
  #lines = [];

  onTestRunStart() {
    this.#lines = [];
  }

  onTestCaseResult(testCase) {
    if (testCase.diagnostic()?.flaky !== true) return;
    this.#lines.push(`unsteady: ${testCase.module.relativeModuleId} > ${testCase.fullName}`);
  }

  onTestRunEnd() {
    for (const line of this.#lines) console.log(line);
  }
}
