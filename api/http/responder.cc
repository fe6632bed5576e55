#include "api/http/responder.h"

#include "api/http/exchange.h"

namespace stet::http {

Stream::State Stream::write(std::string piece) const { return exchange_->write(std::move(piece)); }
Stream::State Stream::wait_for_room(std::chrono::milliseconds patience) const {
  return exchange_->wait_for_room(patience);
}
Stream::State Stream::state() const { return exchange_->state(); }
void Stream::when_gone(std::function<void()> callback) const {
  exchange_->when_gone(std::move(callback));
}
void Stream::finish() const { exchange_->finish(); }
void Stream::abort() const { exchange_->abort(); }

bool Responder::send(Response response) const { return exchange_->send(std::move(response)); }

Stream Responder::start(Response head, std::optional<std::uint64_t> length) const {
  exchange_->start(std::move(head), length);
  return Stream(exchange_);
}

}  // namespace stet::http
