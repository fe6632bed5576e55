#include "api/http/outgoing.h"

#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <string_view>

namespace stet::http {
namespace {

// One connection sends at most this much before others get their turn.
constexpr std::uint64_t kTurnBytes = 1024 * 1024;
constexpr std::uint64_t kSliceBytes = 256 * 1024;

Outgoing::Sent sent_of_errno() {
  return errno == EAGAIN || errno == EWOULDBLOCK ? Outgoing::Sent::kBlocked
                                                 : Outgoing::Sent::kFailed;
}

}  // namespace

void Outgoing::begin(ResponseBody body) {
  body_ = std::move(body);
  body_size_ = size_of(body_);
  body_sent_ = 0;
  head_sent_ = 0;
  is_empty_ = false;
}

std::string_view Outgoing::memory() const {
  if (const auto* text = std::get_if<std::string>(&body_)) return *text;
  if (const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&body_)) {
    return *shared ? std::string_view(**shared) : std::string_view();
  }
  return {};
}

Outgoing::Sent Outgoing::send(int socket) {
  if (is_empty_) return Sent::kAll;
  std::uint64_t turn = kTurnBytes;
  while (head_sent_ < head_.size() || body_sent_ < body_size_) {
    if (turn == 0) return Sent::kSome;
    const bool is_file = head_sent_ == head_.size() && std::holds_alternative<FileRange>(body_);
    const Sent sent = is_file ? send_file(socket, turn) : send_memory(socket, turn);
    if (sent != Sent::kSome) return sent;
  }
  body_ = std::string();
  is_empty_ = true;
  return Sent::kAll;
}

Outgoing::Sent Outgoing::send_memory(int socket, std::uint64_t& turn) {
  const std::string_view bytes = memory();
  iovec parts[2] = {{head_.data() + head_sent_, head_.size() - head_sent_}, {nullptr, 0}};
  if (!bytes.empty()) {
    parts[1].iov_base = const_cast<char*>(bytes.data() + body_sent_);
    parts[1].iov_len = std::min<std::uint64_t>(body_size_ - body_sent_, turn);
  }
  msghdr message{};
  message.msg_iov = parts;
  message.msg_iovlen = parts[1].iov_len > 0 ? 2 : 1;
  if (parts[0].iov_len == 0) {
    message.msg_iov = parts + 1;
    message.msg_iovlen = 1;
  }
  const bool is_file_next = body_size_ > 0 && bytes.empty();
  const ssize_t written = ::sendmsg(socket, &message, MSG_NOSIGNAL | (is_file_next ? MSG_MORE : 0));
  if (written < 0) return errno == EINTR ? Sent::kSome : sent_of_errno();
  const auto count = static_cast<std::uint64_t>(written);
  const std::uint64_t of_head = std::min<std::uint64_t>(count, parts[0].iov_len);
  head_sent_ += of_head;
  body_sent_ += count - of_head;
  bytes_sent_ += count;
  turn -= std::min(turn, count);
  return Sent::kSome;
}

Outgoing::Sent Outgoing::send_file(int socket, std::uint64_t& turn) {
  const auto& range = std::get<FileRange>(body_);
  auto offset = static_cast<off_t>(range.offset + body_sent_);
  const std::uint64_t slice = std::min({body_size_ - body_sent_, turn, kSliceBytes});
  const ssize_t written = ::sendfile(socket, range.file->descriptor(), &offset, slice);
  if (written < 0) return errno == EINTR ? Sent::kSome : sent_of_errno();
  if (written == 0) return Sent::kFailed;  // the file shrank: the client must see a cut, not a lie
  const auto count = static_cast<std::uint64_t>(written);
  body_sent_ += count;
  bytes_sent_ += count;
  turn -= std::min(turn, count);
  return Sent::kSome;
}

}  // namespace stet::http
