// What is on its way out of one connection: a head and a body, sent as far as the socket takes
// them.
//
// Head and body leave in one system call where they can, and are not copied. Threads: the
// connection's.
#pragma once

#include <cstdint>
#include <string>

#include "api/http/message.h"

namespace stet::http {

class Outgoing {
 public:
  enum class Sent {
    kAll,
    kSome,     // took its turn; there is more, and the socket may take it
    kBlocked,  // the socket is full: wait until it can be written
    kFailed,   // the client is gone
  };

  // To be filled before begin(); keeps its memory from answer to answer.
  std::string& head() { return head_; }
  // Starts on head() and then `body`.
  void begin(ResponseBody body);

  Sent send(int socket);
  bool is_empty() const { return is_empty_; }
  std::uint64_t bytes_sent() const { return bytes_sent_; }  // of all that ever left

 private:
  Sent send_memory(int socket, std::uint64_t& turn);
  Sent send_file(int socket, std::uint64_t& turn);
  std::string_view memory() const;

  std::string head_;
  std::size_t head_sent_ = 0;
  ResponseBody body_;
  std::uint64_t body_size_ = 0;
  std::uint64_t body_sent_ = 0;
  std::uint64_t bytes_sent_ = 0;
  bool is_empty_ = true;
};

}  // namespace stet::http
