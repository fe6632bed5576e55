#include "api/http/request_log.h"

#include <charconv>

#include "storage/base/time.h"
#include "storage/base/utf8.h"

namespace stet::http {
namespace {

constexpr std::string_view kSecretBegin = "stetr_";

constexpr std::int64_t kMsPerSecond = 1000;
// Of a line whose texts are the shortest, and then some: so a line is rarely grown into.
constexpr std::size_t kLineBytes = 512;

std::size_t number_of_this_thread() {
  static std::atomic<std::size_t> count = 0;
  thread_local const std::size_t kNumber = count.fetch_add(1, std::memory_order_relaxed);
  return kNumber;
}

template <typename Number>
void append_number(std::string& out, Number number) {
  std::array<char, 20> digits;
  out.append(digits.data(),
             std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr);
}

void append_escaped(std::string& out, char32_t unit) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += kHex[unit >> shift & 15];
}

// ASCII alone, for what strangers send is shown on somebody's terminal.
void append_text(std::string& out, std::string_view text) {
  out += '"';
  while (!text.empty()) {
    std::size_t plain = 0;
    while (plain < text.size() && text[plain] >= 0x20 && text[plain] < 0x7f && text[plain] != '"' &&
           text[plain] != '\\') {
      ++plain;
    }
    out.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    const char32_t code_point = take_code_point(text);
    if (code_point == '"' || code_point == '\\') {
      out += '\\';
      out += static_cast<char>(code_point);
    } else if (code_point < 0x10000) {
      append_escaped(out, code_point);
    } else {
      append_escaped(out, 0xd800 + ((code_point - 0x10000) >> 10));
      append_escaped(out, 0xdc00 + ((code_point - 0x10000) & 0x3ff));
    }
  }
  out += '"';
}

void append_member(std::string& out, std::string_view name, std::string_view text) {
  out += name;
  append_text(out, text);
}

template <typename Number>
void append_count(std::string& out, std::string_view name, Number number) {
  out += name;
  append_number(out, number);
}

std::string_view word_of(Cut cut) {
  switch (cut) {
    case Cut::kReaderLeft: return "reader left";
    case Cut::kReaderSlow: return "reader too slow";
    case Cut::kWriterLeft: return "writer left";
    case Cut::kNot: break;
  }
  return "";
}

// Who reads the log must not set passwords by links that are good once (auth/accounts.h).
std::string without_secret(std::string_view target) {
  std::size_t at = target.find(kSecretBegin);
  if (at == target.npos) return std::string(target);
  return std::string(target.substr(0, at + kSecretBegin.size())) + "...";
}

}  // namespace

RequestLog::RequestLog(Write write, NowMs now_ms)
    : write_(std::move(write)), now_ms_(std::move(now_ms)), thread_([this] { run(); }) {}

RequestLog::~RequestLog() {
  {
    const std::lock_guard lock(mutex_);
    is_ended_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void RequestLog::add(std::string_view origin, const LogRecord& record) {
  const bool is_fault = !record.fault.empty() || record.status >= 500;
  Shard& shard = shards_[number_of_this_thread() % kShards];
  bool is_much = false;
  {
    const std::lock_guard lock(shard.mutex);
    if (shard.lines.size() >= kWaitingBytesMax) {
      ++shard.left_out;
      return;
    }
    const bool was_much = shard.lines.size() >= kWriteBytes;
    append_start(shard, is_fault);
    append(shard, origin, record);
    is_much = !was_much && shard.lines.size() >= kWriteBytes;
  }
  if (is_fault || is_much || !has_lines_.load(std::memory_order_relaxed)) {
    wake(is_fault || is_much);
  }
}

void RequestLog::append_start(Shard& shard, bool is_fault) const {
  const std::int64_t now = now_ms_();
  const std::int64_t second = now / kMsPerSecond;
  if (second != shard.second) {
    shard.second = second;
    shard.time = iso_instant({second});
    shard.time.pop_back();  // the Z, which follows the fraction
  }
  std::string& out = shard.lines;
  if (out.capacity() - out.size() < kLineBytes) out.reserve(out.size() * 2 + kLineBytes);
  out += R"({"time":")";
  out += shard.time;
  const auto ms = static_cast<int>(now % kMsPerSecond);
  out += '.';
  out += static_cast<char>('0' + ms / 100);
  out += static_cast<char>('0' + ms / 10 % 10);
  out += static_cast<char>('0' + ms % 10);
  out += is_fault ? R"(Z","level":"error",)" : R"(Z","level":"info",)";
}

void RequestLog::append(Shard& shard, std::string_view origin, const LogRecord& record) const {
  std::string& out = shard.lines;
  append_member(out, R"("origin":)", origin);
  append_member(out, R"(,"method":)", record.method);
  bool has_secret = record.target.find(kSecretBegin) != std::string_view::npos;
  if (has_secret) {
    append_member(out, R"(,"target":)", without_secret(record.target));
  } else {
    append_member(out, R"(,"target":)", record.target);
  }
  append_count(out, R"(,"status":)", record.status);
  append_count(out, R"(,"bytes":)", record.body_bytes);
  append_count(out, R"(,"us":)", record.duration_us);
  append_member(out, R"(,"peer":)", record.peer_address);
  append_member(out, R"(,"request":)", record.request_id);
  if (record.cut != Cut::kNot) append_member(out, R"(,"cut":)", word_of(record.cut));
  append_member(out, R"(,"fault":)", record.fault);
  out += "}\n";
}

void RequestLog::wake(bool is_urgent) {
  {
    const std::lock_guard lock(mutex_);
    has_lines_ = true;
    if (is_urgent) is_urgent_ = true;
  }
  changed_.notify_one();
}

void RequestLog::run() {
  std::unique_lock lock(mutex_);
  while (!is_ended_) {
    changed_.wait(lock, [this] { return is_ended_ || has_lines_; });
    changed_.wait_for(lock, kPeriod, [this] { return is_ended_ || is_urgent_; });
    has_lines_ = is_urgent_ = false;
    lock.unlock();
    write_all();
    lock.lock();
  }
  lock.unlock();
  write_all();
}

void RequestLog::write_all() {
  for (Shard& shard : shards_) {
    {
      const std::lock_guard lock(shard.mutex);
      writing_.swap(shard.lines);
      if (shard.left_out > 0) {
        append_start(shard, true);
        append_count(shard.lines, R"("message":")", shard.left_out);
        shard.lines += " requests were left out of the log, whose reader is too slow\"}\n";
        writing_ += shard.lines;
        shard.lines.clear();
        shard.left_out = 0;
      }
    }
    if (!writing_.empty()) write_(writing_);
    writing_.clear();
  }
}

}  // namespace stet::http
