// Whether the server is reached. What is typed meanwhile is kept in the browser, and the shell says so.
class Connection {
  isOffline = $state(false);

  isLost() {
    this.isOffline = true;
  }

  isReached() {
    this.isOffline = false;
  }
}

export const connection = new Connection();

addEventListener('offline', () => connection.isLost());
