// What a RequestParser tells about some bytes, as one text that two runs can be compared by.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

#include "api/http/request_parser.h"

namespace stet::http {

// Feeds `bytes` in pieces whose sizes `next_size` gives (0 counts as 1), request after request,
// until they are spent or refused.
template <typename NextSize>
std::string told_about(std::string_view bytes, const ParserLimits& limits, NextSize next_size) {
  RequestParser parser(limits);
  std::string told;
  std::string body;
  std::size_t given = 0;
  while (given < bytes.size()) {
    const std::size_t size = std::max<std::size_t>(1, next_size());
    std::string piece(bytes.substr(given, size));  // a copy: reading past it is then seen
    given += piece.size();
    std::string_view rest = piece;
    for (;;) {
      const RequestParser::Step step = parser.feed(rest);
      if (step.event == RequestParser::Event::kRefused) {
        return told + "refused " + std::to_string(parser.refusal().status) + " after " + body;
      }
      rest.remove_prefix(step.consumed);
      if (step.event == RequestParser::Event::kNeedMore) break;
      if (step.event == RequestParser::Event::kBodyPiece) body += parser.body_piece();
      if (step.event == RequestParser::Event::kHead) {
        const RequestHead& head = parser.head();
        told += head.method + " " + head.target + (head.is_keep_alive ? "" : " close") +
                (head.expects_continue ? " continue" : "") + "\n";
        for (std::size_t i = 0; i < head.headers.size(); ++i) {
          const Field field = head.headers.field(i);
          told += " " + std::string(field.name) + "=" + std::string(field.value) + "\n";
        }
      }
      if (step.event == RequestParser::Event::kComplete) {
        told += "body " + body + "\n";
        body.clear();
        parser.begin_next();
      }
    }
  }
  return told + "open " + body;
}

}  // namespace stet::http
