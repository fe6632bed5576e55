#include "api/http/listening.h"

#include <pistache/peer.h>
#include <pistache/reactor.h>
#include <pistache/transport.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <unordered_map>
#include <vector>

#include "api/http/acceptor.h"
#include "api/http/connection.h"
#include "api/http/forwarded.h"

namespace stet::http {
namespace {

namespace Polling = Pistache::Polling;
using Polling::NotifyOn;

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
  const std::string address = address_of_node(peer->address().host());
  // Of a socket of another's making, none has been taken since we drain: who is here has been let
  // in.
  const bool is_turned_away = service.is_draining() && service.options().socket < 0;
  if (is_turned_away || !service.admit(address)) {
    service.note_turned_away(address);
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
  Sockets(Service& service, Descriptor socket)
      : reactor_(Pistache::Aio::Reactor::create()), is_own_(service.options().socket < 0) {
    reactor_->init(
        Pistache::Aio::AsyncContext(std::max(1U, service.options().threads), "stet-http"));
    key_ = reactor_->addHandler(std::make_shared<Transport>(service, mailboxes_));
    reactor_->run();
    acceptor_.emplace(std::move(socket), [this, &service](Descriptor connection, auto& peer) {
      service.guard("", [&] { hand_over(std::move(connection), peer); });
    });
  }
  ~Sockets() {
    acceptor_.reset();
    reactor_->shutdown();
  }

  const Acceptor& acceptor() const { return *acceptor_; }
  void accept() { acceptor_->begin(); }

  // Who comes to a socket that outlives us waits for the next process; to our own, is told.
  void drain() {
    if (!is_own_) acceptor_->stop();
    mailboxes_.wake();
  }

 private:
  void hand_over(Descriptor connection, sockaddr_storage& peer) {
    const auto threads = reactor_->handlers(key_);
    const auto number = static_cast<std::size_t>(connection.get());
    auto transport =
        std::static_pointer_cast<Pistache::Tcp::Transport>(threads[number % threads.size()]);
    const auto address = Pistache::Address::fromUnix(reinterpret_cast<sockaddr*>(&peer));
    transport->handleNewPeer(Pistache::Tcp::Peer::Create(connection.release(), address));
  }

  Mailboxes mailboxes_;
  const std::shared_ptr<Pistache::Aio::Reactor> reactor_;
  Pistache::Aio::Reactor::Key key_;
  const bool is_own_;
  std::optional<Acceptor> acceptor_;
};

Listening::Listening(std::unique_ptr<Sockets> sockets) : sockets_(std::move(sockets)) {}
Listening::~Listening() = default;

Result<std::unique_ptr<Listening>> Listening::start(Service& service) {
  const ServerOptions& options = service.options();
  auto socket = options.socket < 0 ? Acceptor::listen_on(options.address, options.port)
                                   : Acceptor::adopt(options.socket);
  if (!socket) return std::move(socket).error();  // Pistache has a TRY of its own
  auto sockets = std::make_unique<Sockets>(service, *std::move(socket));
  if (!options.accepts_later) sockets->accept();
  return std::unique_ptr<Listening>(new Listening(std::move(sockets)));
}

std::uint16_t Listening::port() const { return sockets_->acceptor().port(); }
std::string Listening::origin() const { return sockets_->acceptor().origin(); }
void Listening::accept() { sockets_->accept(); }
void Listening::drain() { sockets_->drain(); }

}  // namespace stet::http
