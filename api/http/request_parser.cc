#include "api/http/request_parser.h"

#include <algorithm>
#include <boost/beast/http/basic_parser.hpp>

#include "api/http/chunked_body.h"

namespace stet::http {
namespace {

namespace beast = boost::beast::http;
using boost::beast::error_code;

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

constexpr Refusal kBadRequestLine{400, "The request line is malformed."};
constexpr Refusal kBadField{400, "A header field is malformed."};
constexpr Refusal kBadLineEnd{400, "A line of the head does not end in CRLF."};
constexpr Refusal kControlByte{400, "The head has a control character."};
constexpr Refusal kFolded{400, "A header field is folded over lines."};
constexpr Refusal kHost{400, "The request needs exactly one valid Host field."};
constexpr Refusal kLength{400, "Content-Length is malformed."};
constexpr Refusal kLengthAndEncoding{400,
                                     "Content-Length and Transfer-Encoding exclude each other."};
constexpr Refusal kEncoding{501, "The only Transfer-Encoding that is understood is chunked."};
constexpr Refusal kEncodingAgain{400, "Transfer-Encoding comes twice, or beside Content-Length."};
constexpr Refusal kEncodingIn10{400, "HTTP/1.0 has no Transfer-Encoding."};
constexpr Refusal kChunk{400, "The chunked body is malformed."};
constexpr Refusal kVersion{505, "Only HTTP/1.1 and HTTP/1.0 are spoken here."};
constexpr Refusal kExpectation{417, "The only expectation that is understood is 100-continue."};
constexpr Refusal kTargetTooLong{414, "The request target is too long."};
constexpr Refusal kHeadTooLarge{431, "The header fields are too large."};
constexpr Refusal kTooManyFields{431, "There are too many header fields."};
constexpr Refusal kBodyTooLarge{413, "The body is larger than what is taken here."};

bool is_host_text(std::string_view host) {
  constexpr std::string_view kMarks = "-._~!$&'()*+,;=:[]%";
  return std::all_of(host.begin(), host.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           kMarks.find(c) != std::string_view::npos;
  });
}

// A method and a version take a little of the first line too.
constexpr std::uint32_t kAroundTarget = 32;

// Neither a control byte nor the end of a line.
bool is_plain(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7f; }

bool is_number(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Finds the end of a head, byte by byte, and refuses what no head has.
class HeadScanner {
 public:
  enum class Found { kMore, kEnd, kRefused };

  explicit HeadScanner(const ParserLimits& limits) : limits_(limits) {}

  // `taken`: bytes of the piece up to the end of the head, or up to the byte that is refused.
  Found scan(std::string_view piece, std::size_t& taken);
  const Refusal& refusal() const { return refusal_; }
  bool has_begun() const { return bytes_ > 0; }
  void begin_next() {
    bytes_ = line_bytes_ = 0;
    lines_ = 0;
    after_cr_ = false;
  }

 private:
  Found refuse(const Refusal& why) {
    refusal_ = why;
    return Found::kRefused;
  }
  void take_plain(std::string_view piece, std::size_t& taken);
  Found take_byte(char c);
  Found end_line();
  std::uint32_t line_bytes_max() const { return limits_.target_bytes_max + kAroundTarget; }

  const ParserLimits& limits_;
  Refusal refusal_;
  std::uint32_t bytes_ = 0;
  std::uint32_t line_bytes_ = 0;
  std::uint32_t lines_ = 0;
  bool after_cr_ = false;
};

HeadScanner::Found HeadScanner::scan(std::string_view piece, std::size_t& taken) {
  for (taken = 0; taken < piece.size();) {
    take_plain(piece, taken);
    if (taken == piece.size()) break;
    const Found found = take_byte(piece[taken++]);
    if (found != Found::kMore) return found;
  }
  return Found::kMore;
}

// Most bytes are plain ones in the middle of a line, and far from every limit: what take_byte()
// would make of them, without looking at each one's place.
void HeadScanner::take_plain(std::string_view piece, std::size_t& taken) {
  if (after_cr_ || line_bytes_ == 0) return;
  std::uint32_t room = limits_.header_bytes_max - bytes_;
  if (lines_ == 0)
    room = std::min(room, line_bytes_max() - std::min(line_bytes_, line_bytes_max()));
  const std::size_t end = taken + std::min<std::size_t>(piece.size() - taken, room);
  const std::size_t start = taken;
  while (taken < end && is_plain(piece[taken])) ++taken;
  bytes_ += static_cast<std::uint32_t>(taken - start);
  line_bytes_ += static_cast<std::uint32_t>(taken - start);
}

HeadScanner::Found HeadScanner::take_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (++bytes_ > limits_.header_bytes_max) {
    return refuse(lines_ == 0 ? kTargetTooLong : kHeadTooLarge);
  }
  if (after_cr_) {
    after_cr_ = false;
    return c == '\n' ? end_line() : refuse(kBadLineEnd);
  }
  if (c == '\r') {
    after_cr_ = true;
    return Found::kMore;
  }
  if (byte < 0x20 || byte == 0x7f) {
    if (c == '\n') return refuse(kBadLineEnd);
    if (c != '\t') return refuse(kControlByte);
  }
  if (line_bytes_ == 0 && lines_ > 0 && (c == ' ' || c == '\t')) return refuse(kFolded);
  ++line_bytes_;
  if (lines_ == 0 && line_bytes_ > line_bytes_max()) return refuse(kTargetTooLong);
  return Found::kMore;
}

HeadScanner::Found HeadScanner::end_line() {
  if (line_bytes_ == 0) {
    if (lines_ > 0) return Found::kEnd;
    return Found::kMore;  // an empty line before a request line is let pass (RFC 9112 2.2)
  }
  line_bytes_ = 0;
  if (++lines_ > limits_.header_fields_max + 1) return refuse(kTooManyFields);
  return Found::kMore;
}

Refusal refusal_for(const error_code& error) {
  if (error == beast::error::bad_version) return kVersion;
  if (error == beast::error::bad_method || error == beast::error::bad_target) {
    return kBadRequestLine;
  }
  if (error == beast::error::bad_content_length || error == beast::error::multiple_content_length) {
    return kLength;
  }
  if (error == beast::error::bad_transfer_encoding) return kEncodingAgain;
  return kBadField;
}

// Beast's parser of heads with our own sink; bodies never get here.
class Grammar final : public beast::basic_parser<true> {
 public:
  explicit Grammar(RequestHead& head) : head_(head) {
    body_limit(boost::none);
    header_limit(UINT32_MAX);
  }

 private:
  using Text = boost::beast::string_view;

  void on_request_impl(beast::verb, Text method, Text target, int version, error_code&) override {
    head_.method.assign(method.data(), method.size());
    head_.target.assign(target.data(), target.size());
    head_.is_http_10 = version == 10;
  }
  void on_field_impl(beast::field, Text name, Text value, error_code&) override {
    head_.headers.add(view(name), view(value));
  }
  void on_response_impl(int, Text, int, error_code&) override {}
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(Text body, error_code&) override { return body.size(); }
  void on_chunk_header_impl(std::uint64_t, Text, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, Text body, error_code&) override {
    return body.size();
  }
  void on_finish_impl(error_code&) override {}

  RequestHead& head_;
};

}  // namespace

class RequestParser::Wire {
 public:
  explicit Wire(const ParserLimits& limits) : limits_(limits), scanner_(limits_) { begin_next(); }

  void begin_next() {
    state_ = State::kHead;
    head_ = RequestHead();
    grammar_.emplace(head_);
    scanner_.begin_next();
    chunks_.reset();
    carry_.clear();
    body_bytes_left_ = 0;
    body_bytes_max_ = limits_.body_bytes_max;
  }

  Step feed(std::string_view bytes) {
    switch (state_) {
      case State::kHead: return feed_head(bytes);
      case State::kBody: return feed_body(bytes);
      case State::kComplete: return {Event::kComplete, 0};
      case State::kRefused: break;
    }
    return {Event::kRefused, 0};
  }

  RequestHead& head() { return head_; }
  std::string_view body_piece() const { return piece_; }
  const Refusal& refusal() const { return refusal_; }
  bool limit_body(std::uint64_t bytes_max) {
    body_bytes_max_ = std::min(bytes_max, limits_.body_bytes_max);
    return head_.content_length.value_or(0) <= body_bytes_max_;
  }
  bool is_between_requests() const { return state_ == State::kHead && !scanner_.has_begun(); }

 private:
  enum class State { kHead, kBody, kComplete, kRefused };

  Step refuse(const Refusal& why) {
    state_ = State::kRefused;
    refusal_ = why;
    return {Event::kRefused, 0};
  }

  Step feed_head(std::string_view bytes);
  std::optional<Refusal> parse_head(std::string_view text);
  std::optional<Refusal> check_head();
  std::optional<Refusal> check_framing();
  Step feed_body(std::string_view bytes);
  Step feed_chunks(std::string_view bytes);

  const ParserLimits limits_;
  HeadScanner scanner_;
  State state_ = State::kHead;
  RequestHead head_;
  std::optional<Grammar> grammar_;
  std::string carry_;  // of a head that is not whole yet
  std::optional<ChunkedBody> chunks_;
  std::uint64_t body_bytes_left_ = 0;  // of a body with a length
  std::string_view piece_;
  std::uint64_t body_bytes_max_ = 0;
  Refusal refusal_;
};

RequestParser::Step RequestParser::Wire::feed_head(std::string_view bytes) {
  std::size_t taken = 0;
  const HeadScanner::Found found = scanner_.scan(bytes, taken);
  if (found == HeadScanner::Found::kRefused) return refuse(scanner_.refusal());
  if (found == HeadScanner::Found::kMore) {
    carry_.append(bytes);
    return {Event::kNeedMore, taken};
  }
  std::string_view text = bytes.substr(0, taken);
  if (!carry_.empty()) {
    carry_.append(text);
    text = carry_;
  }
  while (text.starts_with("\r\n")) text.remove_prefix(2);
  const auto refusal = parse_head(text);
  carry_.clear();
  if (refusal) return refuse(*refusal);
  state_ = head_.has_body() ? State::kBody : State::kComplete;
  body_bytes_left_ = head_.content_length.value_or(0);
  if (head_.is_chunked) chunks_.emplace(limits_.header_bytes_max);
  return {Event::kHead, taken};
}

std::optional<Refusal> RequestParser::Wire::parse_head(std::string_view text) {
  error_code error;
  const std::size_t used = grammar_->put(boost::asio::buffer(text.data(), text.size()), error);
  if (error && error != beast::error::need_more) {
    // "HTTP/1" is no version at all; "HTTP/2.0" is one, and not ours.
    const std::string_view line = text.substr(0, text.find("\r\n"));
    const std::size_t version = line.rfind(" HTTP/");
    const bool names_version =
        version != std::string_view::npos && line.size() - version == 9 && line[version + 7] == '.';
    if (error == beast::error::bad_version && !names_version) return kBadRequestLine;
    return refusal_for(error);
  }
  if (!grammar_->is_header_done() || used != text.size()) return kBadField;
  return check_head();
}

std::optional<Refusal> RequestParser::Wire::check_head() {
  if (head_.target.size() > limits_.target_bytes_max) return kTargetTooLong;
  const Headers& headers = head_.headers;
  const std::size_t hosts = headers.count("Host");
  if (hosts > 1 || (hosts == 0 && !head_.is_http_10)) return kHost;
  if (hosts == 1 && !is_host_text(*headers.find("Host"))) return kHost;
  if (const auto refusal = check_framing()) return refusal;
  head_.is_keep_alive = grammar_->keep_alive();
  if (const auto expected = headers.find("Expect"); expected && !head_.is_http_10) {
    if (!equal_without_case(*expected, "100-continue")) return kExpectation;
    head_.expects_continue = true;
  }
  return std::nullopt;
}

std::optional<Refusal> RequestParser::Wire::check_framing() {
  const Headers& headers = head_.headers;
  const std::size_t lengths = headers.count("Content-Length");
  const std::size_t encodings = headers.count("Transfer-Encoding");
  if (lengths > 0 && encodings > 0) return kLengthAndEncoding;
  if (encodings > 0) {
    if (head_.is_http_10) return kEncodingIn10;
    if (encodings > 1 || !equal_without_case(*headers.find("Transfer-Encoding"), "chunked")) {
      return kEncoding;
    }
    head_.is_chunked = true;
  }
  if (lengths > 0) {
    if (lengths > 1 || !is_number(*headers.find("Content-Length"))) return kLength;
    head_.content_length = grammar_->content_length().value_or(0);
    if (*head_.content_length > limits_.body_bytes_max) return kBodyTooLarge;
  }
  return std::nullopt;
}

RequestParser::Step RequestParser::Wire::feed_body(std::string_view bytes) {
  if (chunks_) return feed_chunks(bytes);
  if (body_bytes_left_ == 0) {
    state_ = State::kComplete;
    return {Event::kComplete, 0};
  }
  if (bytes.empty()) return {Event::kNeedMore, 0};
  piece_ = bytes.substr(0, std::min<std::uint64_t>(bytes.size(), body_bytes_left_));
  body_bytes_left_ -= piece_.size();
  return {Event::kBodyPiece, piece_.size()};
}

RequestParser::Step RequestParser::Wire::feed_chunks(std::string_view bytes) {
  const ChunkedBody::Step step = chunks_->feed(bytes, body_bytes_max_);
  switch (step.found) {
    case ChunkedBody::Found::kMore: break;
    case ChunkedBody::Found::kPiece: piece_ = step.piece; return {Event::kBodyPiece, step.consumed};
    case ChunkedBody::Found::kEnd:
      state_ = State::kComplete;
      return {Event::kComplete, step.consumed};
    case ChunkedBody::Found::kMalformed: return refuse(kChunk);
    case ChunkedBody::Found::kTooLarge: return refuse(kBodyTooLarge);
    case ChunkedBody::Found::kTooLong: return refuse(kHeadTooLarge);
  }
  return {Event::kNeedMore, step.consumed};
}

RequestParser::RequestParser(const ParserLimits& limits) : wire_(std::make_unique<Wire>(limits)) {}
RequestParser::~RequestParser() = default;
RequestParser::Step RequestParser::feed(std::string_view bytes) { return wire_->feed(bytes); }
RequestHead& RequestParser::head() { return wire_->head(); }
std::string_view RequestParser::body_piece() const { return wire_->body_piece(); }
const Refusal& RequestParser::refusal() const { return wire_->refusal(); }
bool RequestParser::limit_body(std::uint64_t bytes_max) { return wire_->limit_body(bytes_max); }
bool RequestParser::is_between_requests() const { return wire_->is_between_requests(); }
void RequestParser::begin_next() { wire_->begin_next(); }

}  // namespace stet::http
