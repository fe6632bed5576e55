#include "storage/process/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iterator>

#include "storage/base/descriptor.h"
#include "storage/base/durable_file.h"

namespace stet::storage {
namespace {

constexpr int kFirstFreeFd = 3;  // below are the streams that dup2 is about to replace

struct Pipe {
  Descriptor read, write;
};

// One of the child's output streams, as far as it is captured.
struct Capture {
  Descriptor fd;
  std::string* into = nullptr;
  std::uint64_t bytes_max = 0;
  const std::function<bool(std::string_view)>* taker = nullptr;  // instead of `into`
  bool is_full = false;
  bool is_unwanted = false;
};

Result<Descriptor> out_of_the_way(Descriptor fd) {
  if (fd.get() >= kFirstFreeFd) return fd;
  Descriptor moved(::fcntl(fd.get(), F_DUPFD_CLOEXEC, kFirstFreeFd));
  if (!moved) return error_of_errno("duplicate", "a file");
  return moved;
}

Result<Pipe> make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return error_of_errno("create", "a pipe");
  Descriptor read(ends[0]), write(ends[1]);
  read = TRY(out_of_the_way(std::move(read)));
  write = TRY(out_of_the_way(std::move(write)));
  return Pipe{std::move(read), std::move(write)};
}

// Memory that reads like a file: nobody has to feed the child, and nobody can block on it.
Result<Descriptor> input_of(const std::string& bytes) {
  Descriptor file(bytes.empty() ? ::open("/dev/null", O_RDONLY | O_CLOEXEC)
                                : ::memfd_create("stet-input", MFD_CLOEXEC));
  if (!file) return error_of_errno("create", "the input of a process");
  for (std::size_t done = 0; done < bytes.size();) {
    ssize_t written = ::write(file.get(), bytes.data() + done, bytes.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return error_of_errno("write", "the input of a process");
    done += static_cast<std::size_t>(written);
  }
  if (!bytes.empty() && ::lseek(file.get(), 0, SEEK_SET) != 0) {
    return error_of_errno("rewind", "the input of a process");
  }
  return out_of_the_way(std::move(file));
}

// The kernel's own stopwatch: becomes readable when the time is over.
Result<Descriptor> timer_of(std::int64_t milliseconds) {
  Descriptor timer(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC));
  if (!timer) return error_of_errno("create", "a timer");
  itimerspec when{};
  when.it_value.tv_sec = milliseconds / 1000;
  when.it_value.tv_nsec = milliseconds % 1000 * 1'000'000;
  if (::timerfd_settime(timer.get(), 0, &when, nullptr) != 0) {
    return error_of_errno("set", "a timer");
  }
  return timer;
}

class SpawnActions {
 public:
  SpawnActions() { posix_spawn_file_actions_init(&actions_); }
  ~SpawnActions() { posix_spawn_file_actions_destroy(&actions_); }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;

  // 0, or the number of what went wrong: no memory, in practice.
  int fill(const int (&streams)[3], const std::filesystem::path& folder) {
    int failure = 0;
    for (int i = 0; i < 3 && failure == 0; ++i) {
      failure = posix_spawn_file_actions_adddup2(&actions_, streams[i], i);
    }
    // Whatever some library opened without FD_CLOEXEC stays ours.
    if (failure == 0) failure = posix_spawn_file_actions_addclosefrom_np(&actions_, kFirstFreeFd);
    const char* where = folder.empty() ? "/" : folder.c_str();
    return failure ? failure : posix_spawn_file_actions_addchdir_np(&actions_, where);
  }
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

class SpawnAttributes {
 public:
  SpawnAttributes() {
    posix_spawnattr_init(&attributes_);
    sigset_t all, none;
    ::sigfillset(&all);
    ::sigemptyset(&none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setpgroup(&attributes_, 0);
    posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  }
  ~SpawnAttributes() { posix_spawnattr_destroy(&attributes_); }
  SpawnAttributes(const SpawnAttributes&) = delete;
  SpawnAttributes& operator=(const SpawnAttributes&) = delete;
  const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_;
};

std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// A child from its start to its reaping; whoever loses interest kills it.
class Child {
 public:
  static Result<Child> spawn(const Command& command,
                             const std::vector<std::string>& argv,
                             const int (&streams)[3]) {
    SpawnActions actions;
    SpawnAttributes attributes;
    std::vector<char*> arguments = pointers_to(argv);
    std::vector<char*> environment = pointers_to(command.environment);
    pid_t pid = -1;
    int failure = actions.fill(streams, command.folder);
    if (failure == 0) {
      failure = ::posix_spawn(&pid,
                              argv[0].c_str(),
                              actions.get(),
                              attributes.get(),
                              arguments.data(),
                              environment.data());
    }
    errno = failure;
    if (failure != 0) return error_of_errno("start", command.argv[0]);
    return Child(pid);
  }
  Child(Child&& other) noexcept : pid_(std::exchange(other.pid_, -1)) {}
  Child& operator=(Child&&) = delete;
  ~Child() {
    if (pid_ > 0) reap();
  }

  Result<Descriptor> watch() const {
    // The system call itself: glibc 2.36 declares its wrapper without C linkage.
    Descriptor fd(static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0)));
    if (!fd) return error_of_errno("watch", "a process");
    return fd;
  }

  // Asks the group to end, and gives it a moment to take its locks and half files away.
  // `watched` is of watch().
  void ask_to_end(const Descriptor& watched) const {
    constexpr int kGraceMs = 1000;
    ::kill(-pid_, SIGTERM);
    pollfd event{watched.get(), POLLIN, 0};
    while (::poll(&event, 1, kGraceMs) < 0 && errno == EINTR) {
    }
  }

  // Kills what is left of the group, the child itself too, and gives its wait status. While the
  // child is not reaped, no other group can have its number.
  int reap() {
    ::kill(-pid_, SIGKILL);
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return status;
  }

 private:
  explicit Child(pid_t pid) : pid_(pid) {}
  pid_t pid_;
};

// Takes what is there; closes the descriptor at the stream's end.
void take(Capture& capture) {
  char buffer[65536];
  ssize_t got = ::read(capture.fd.get(), buffer, sizeof buffer);
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return;
  if (got <= 0) return capture.fd.reset();
  if (capture.taker) {
    if (!capture.is_unwanted) {
      capture.is_unwanted = !(*capture.taker)({buffer, static_cast<std::size_t>(got)});
    }
    return;
  }
  std::uint64_t room = capture.bytes_max - capture.into->size();
  capture.into->append(buffer, std::min<std::uint64_t>(room, static_cast<std::uint64_t>(got)));
  capture.is_full = capture.is_full || static_cast<std::uint64_t>(got) > room;
}

enum class Event { kEnded, kTimedOut, kTooMuchOutput, kUnwanted };

struct Watched {
  int child, timer, stop;
};

// Until the child ends or has to be ended.
Result<Event> watch(const Watched& watched, Capture& output, Capture& error) {
  for (;;) {
    pollfd events[] = {{watched.child, POLLIN, 0},
                       {watched.timer, POLLIN, 0},
                       {watched.stop, POLLIN, 0},     // negative where there is none
                       {output.fd.get(), POLLIN, 0},  // closed ones are negative, and passed over
                       {error.fd.get(), POLLIN, 0}};
    if (::poll(events, std::size(events), -1) < 0) {
      if (errno == EINTR) continue;
      return error_of_errno("watch", "a process");
    }
    if (events[3].revents) take(output);
    if (events[4].revents) take(error);
    if (output.is_full) return Event::kTooMuchOutput;
    if (output.is_unwanted) return Event::kUnwanted;
    if (events[0].revents) return Event::kEnded;
    if (events[1].revents) return Event::kTimedOut;
    if (events[2].revents) return Event::kUnwanted;
  }
}

// What the dead left in the pipe. Somebody who escaped the group may hold it open: no waiting.
void drain(Capture& capture) {
  if (!capture.fd) return;
  ::fcntl(capture.fd.get(), F_SETFL, ::fcntl(capture.fd.get(), F_GETFL) | O_NONBLOCK);
  for (pollfd event{capture.fd.get(), POLLIN, 0};
       capture.fd && !capture.is_full && !capture.is_unwanted;) {
    if (::poll(&event, 1, 0) <= 0) return;
    take(capture);
  }
}

Finished finished_of(Event event, int status) {
  using Ending = Finished::Ending;
  Finished finished;
  if (event == Event::kTimedOut) {
    finished.ending = Ending::kTimedOut;
  } else if (event == Event::kTooMuchOutput) {
    finished.ending = Ending::kTooMuchOutput;
  } else if (event == Event::kUnwanted) {
    finished.ending = Ending::kUnwanted;
  } else if (WIFSIGNALED(status)) {
    finished.ending = Ending::kSignalled;
    finished.code = WTERMSIG(status);
  } else {
    finished.code = WEXITSTATUS(status);
  }
  return finished;
}

}  // namespace

Result<Finished> run_child(const Command& command, const std::vector<std::string>& argv) {
  Descriptor own_input;
  if (command.input_fd < 0) own_input = TRY(input_of(command.input));
  Pipe output = TRY(make_pipe());
  Pipe error = TRY(make_pipe());
  Descriptor timer = TRY(timer_of(command.limits.wall_ms));
  const int streams[3] = {command.input_fd < 0 ? own_input.get() : command.input_fd,
                          command.output_fd < 0 ? output.write.get() : command.output_fd,
                          command.error_fd < 0 ? error.write.get() : command.error_fd};
  Child child = TRY(Child::spawn(command, argv, streams));
  output.write.reset();
  error.write.reset();
  own_input.reset();
  Descriptor end = TRY(child.watch());
  std::string output_bytes, error_bytes;
  Capture captured_output{std::move(output.read), &output_bytes, command.limits.output_bytes};
  if (command.on_output) captured_output.taker = &command.on_output;
  Capture captured_error{std::move(error.read), &error_bytes, command.limits.error_bytes};
  Event event =
      TRY(watch({end.get(), timer.get(), command.stop_fd}, captured_output, captured_error));
  if (event != Event::kEnded) child.ask_to_end(end);
  int status = child.reap();
  drain(captured_output);
  drain(captured_error);
  if (event == Event::kEnded && captured_output.is_full) event = Event::kTooMuchOutput;
  Finished finished = finished_of(event, status);
  finished.output = std::move(output_bytes);
  finished.error = std::move(error_bytes);
  return finished;
}

}  // namespace stet::storage
