#include "api/http/listening.h"

#include <arpa/inet.h>
#include <pistache/listener.h>
#include <pistache/peer.h>
#include <pistache/reactor.h>
#include <pistache/transport.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <unordered_map>
#include <vector>

#include "api/http/connection.h"

namespace stet::http {
namespace {

namespace Polling = Pistache::Polling;
using Polling::NotifyOn;

constexpr int kBacklog = 1024;

// A tick is short enough that no timeout is overdrawn by more than a quarter.
std::chrono::milliseconds tick_of(const Timeouts& timeouts) {
  const auto shortest =
      std::min({timeouts.header, timeouts.body, timeouts.idle, timeouts.write, timeouts.linger});
  return std::clamp(shortest / 4, std::chrono::milliseconds(5), std::chrono::milliseconds(500));
}

// The mailboxes of all reactor threads of one server.
class Mailboxes {
 public:
  void add(std::shared_ptr<Mailbox> mailbox) {
    const std::lock_guard lock(mutex_);
    all_.push_back(std::move(mailbox));
  }
  void wake() {
    const std::lock_guard lock(mutex_);
    for (const auto& mailbox : all_) mailbox->wake();
  }

 private:
  std::mutex mutex_;
  std::vector<std::shared_ptr<Mailbox>> all_;
};

// Pistache asks for one to tell of new peers; input never gets here.
class PeerHandler final : public Pistache::Tcp::Handler {
 public:
  void onInput(const char*, std::size_t, const std::shared_ptr<Pistache::Tcp::Peer>&) override {}
  void onConnection(const std::shared_ptr<Pistache::Tcp::Peer>& peer) override;
  std::shared_ptr<Pistache::Tcp::Handler> clone() const override {
    return std::make_shared<PeerHandler>();
  }
};

// One reactor thread.
class Transport final : public Pistache::Tcp::Transport, public Loop {
 public:
  Transport(Service& service, Mailboxes& mailboxes)
      : Pistache::Tcp::Transport(std::make_shared<PeerHandler>()),
        Loop(service),
        mailboxes_(mailboxes) {}

  ~Transport() override {
    mailbox->close();
    connections_.clear();
    for (const auto& [socket, peer] : peers) ::close(socket);
    if (timer_ >= 0) ::close(timer_);
  }

  // The reactor makes one for each of its threads.
  std::shared_ptr<Pistache::Aio::Handler> clone() const override {
    return std::make_shared<Transport>(service, mailboxes_);
  }

  void registerPoller(Polling::Epoll& poller) override {
    Pistache::Tcp::Transport::registerPoller(poller);
    timer_ = ::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    const auto tick = tick_of(service.options().timeouts);
    itimerspec times{};
    times.it_interval.tv_nsec = std::chrono::nanoseconds(tick).count();
    times.it_value = times.it_interval;
    ::timerfd_settime(timer_, 0, &times, nullptr);
    add(poller, timer_);
    add(poller, mailbox->descriptor());
    mailboxes_.add(mailbox);
  }

  void onReady(const Pistache::Aio::FdSet& fds) override;

  void begin(const std::shared_ptr<Pistache::Tcp::Peer>& peer);

  void want_writes(int socket) override {
    reactor()->modifyFd(
        key(), socket, NotifyOn::Read | NotifyOn::Write | NotifyOn::Shutdown, Polling::Mode::Edge);
  }
  void close_later(int socket) override { closing_.push_back(socket); }

 private:
  static void add(Polling::Epoll& poller, int descriptor) {
    poller.addFd(descriptor,
                 Pistache::Flags<NotifyOn>(NotifyOn::Read),
                 Polling::Tag(static_cast<std::uint64_t>(descriptor)));
  }

  Connection* find(int socket) {
    const auto at = static_cast<std::size_t>(socket);
    return at < connections_.size() ? connections_[at].get() : nullptr;
  }
  void let_pistache_see(std::vector<int> descriptors);
  void on_timer();
  void on_mailbox();
  void close_those();

  Mailboxes& mailboxes_;
  int timer_ = -1;
  std::uint32_t admitted_ = 0;
  bool has_drained_ = false;
  std::vector<std::unique_ptr<Connection>> connections_;  // by descriptor
  std::vector<int> closing_;
  std::vector<int> queues_;  // descriptors of Pistache's own queues, as far as they were heard of
};

void PeerHandler::onConnection(const std::shared_ptr<Pistache::Tcp::Peer>& peer) {
  static_cast<Transport*>(transport())->begin(peer);
}

void Transport::begin(const std::shared_ptr<Pistache::Tcp::Peer>& peer) {
  const int socket = peer->fd();
  const std::string address = peer->address().host();
  if (service.is_draining() || !service.admit(address)) {
    constexpr std::string_view kBusy =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nRetry-After: 5\r\n"
        "Connection: close\r\n\r\n";
    (void)::send(socket, kBusy.data(), kBusy.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    return close_later(socket);
  }
  const auto at = static_cast<std::size_t>(socket);
  if (connections_.size() <= at) connections_.resize(at + 1);
  const std::uint64_t number = std::uint64_t{++admitted_} << 32 | at;
  connections_[at] = std::make_unique<Connection>(*this, socket, number, address);
}

void Transport::onReady(const Pistache::Aio::FdSet& fds) {
  now_ns = service.clock().monotonic_ns();
  for (const auto& entry : fds) {
    const auto descriptor = static_cast<int>(entry.getTag().value());
    // The entry hides that the client has shut down its side; only this cast may look (expr.cast).
    const auto& event = (const Polling::Event&)entry;
    if (Connection* connection = find(descriptor)) {
      connection->on_ready({.is_readable = entry.isReadable(),
                            .is_half_closed = event.flags.hasFlag(NotifyOn::Shutdown),
                            .is_gone = entry.isHangup()});
    } else if (descriptor == mailbox->descriptor()) {
      on_mailbox();
    } else if (descriptor == timer_) {
      on_timer();
    } else {
      let_pistache_see({descriptor});
    }
  }
  close_those();
}

void Transport::let_pistache_see(std::vector<int> descriptors) {
  std::vector<Polling::Event> events;
  for (const int descriptor : descriptors) {
    if (peers.count(descriptor) != 0) continue;  // a peer that was turned away, about to be closed
    if (std::find(queues_.begin(), queues_.end(), descriptor) == queues_.end()) {
      queues_.push_back(descriptor);
    }
    Polling::Event event{Polling::Tag(static_cast<std::uint64_t>(descriptor))};
    event.flags.setFlag(NotifyOn::Read);
    events.push_back(event);
  }
  if (events.empty()) return;
  try {
    Pistache::Tcp::Transport::onReady(Pistache::Aio::FdSet(std::move(events)));
  } catch (const std::exception& thrown) {
    service.log_fault("", 503, thrown.what());
  }
}

void Transport::on_timer() {
  std::uint64_t expirations = 0;
  (void)!::read(timer_, &expirations, sizeof expirations);
  // Pistache's queue of new peers forgets its wake-up when a peer arrives just as it was emptied;
  // that peer would wait until the next one comes.
  let_pistache_see(queues_);
  for (std::size_t i = 0; i < connections_.size(); ++i) {
    if (connections_[i]) connections_[i]->on_tick();
  }
}

void Transport::on_mailbox() {
  for (const std::uint64_t number : mailbox->take()) {
    Connection* connection = find(static_cast<int>(number & 0xffffffff));
    if (connection != nullptr && connection->number() == number) connection->on_mail();
  }
  if (!service.is_draining() || has_drained_) return;
  has_drained_ = true;
  for (std::size_t i = 0; i < connections_.size(); ++i) {
    if (connections_[i]) connections_[i]->on_drain();
  }
}

void Transport::close_those() {
  while (!closing_.empty()) {
    const int socket = closing_.back();
    closing_.pop_back();
    const auto peer = peers.find(socket);
    if (peer == peers.end()) continue;
    if (find(socket) != nullptr) connections_[static_cast<std::size_t>(socket)].reset();
    const std::shared_ptr<Pistache::Tcp::Peer> kept = peer->second;
    removePeer(kept);
  }
}

}  // namespace

class Listening::Sockets {
 public:
  Mailboxes mailboxes;
  Pistache::Tcp::Listener listener;

  void start(Service& service, const Pistache::Address& address) {
    using Pistache::Tcp::Options;
    listener.init(
        std::max(1U, service.options().threads),
        Pistache::Flags<Options>(Options::NoDelay | Options::ReuseAddr | Options::CloseOnExec),
        "stet-http",
        kBacklog);
    listener.setTransportFactory(
        [this, &service] { return std::make_shared<Transport>(service, mailboxes); });
    listener.bind(address);
    listener.runThreaded();
  }
};

Listening::Listening(std::unique_ptr<Sockets> sockets) : sockets_(std::move(sockets)) {}
Listening::~Listening() = default;

Result<std::unique_ptr<Listening>> Listening::start(Service& service) {
  const ServerOptions& options = service.options();
  in6_addr parsed;
  const bool is_v4 = ::inet_pton(AF_INET, options.address.c_str(), &parsed) == 1;
  const bool is_v6 = !is_v4 && ::inet_pton(AF_INET6, options.address.c_str(), &parsed) == 1;
  if (!is_v4 && !is_v6) {
    return invalid_input("'" + options.address + "' is no IPv4 or IPv6 address to listen on");
  }
  const std::string host = is_v6 ? "[" + options.address + "]" : options.address;
  auto sockets = std::make_unique<Sockets>();
  try {
    sockets->start(service, Pistache::Address(host, Pistache::Port(options.port)));
  } catch (const std::exception& thrown) {
    return unavailable("cannot listen on " + host + ":" + std::to_string(options.port) + ": " +
                       thrown.what());
  }
  return std::unique_ptr<Listening>(new Listening(std::move(sockets)));
}

std::uint16_t Listening::port() const { return sockets_->listener.getPort(); }
void Listening::drain() { sockets_->mailboxes.wake(); }

}  // namespace stet::http
