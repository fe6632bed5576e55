// Something that is done for a person who waits: whether it is under way, and what went wrong the last time.
export class Task {
  isBusy = $state(false);
  error = $state<unknown>(null);

  // True if it came through. What is thrown is kept in `error`, for a Fault in the page.
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.isBusy) return false;
    this.isBusy = true;
    this.error = null;
    try {
      await work();
      return true;
    } catch (error) {
      this.error = error;
      return false;
    } finally {
      this.isBusy = false;
    }
  }
}
