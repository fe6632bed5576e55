#include "cms/sass/job.h"

#include <charconv>

namespace stet::sass {
namespace {

class Writer {
 public:
  Writer& add(std::string_view text) {
    bytes_ += std::to_string(text.size());
    bytes_ += ':';
    bytes_ += text;
    return *this;
  }
  Writer& add(std::int64_t number) { return add(std::string_view(std::to_string(number))); }
  Writer& add(const std::vector<std::string>& texts) {
    add(static_cast<std::int64_t>(texts.size()));
    for (const std::string& text : texts) add(text);
    return *this;
  }
  Writer& add(const Import& import) { return add(import.first).add(import.second); }
  Writer& add(const std::vector<Import>& imports) {
    add(static_cast<std::int64_t>(imports.size()));
    for (const Import& import : imports) add(import);
    return *this;
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Once something is wrong, everything is empty; ok() says so in the end.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  bool ok() const { return !is_broken_ && rest_.empty(); }

  std::string text() {
    std::size_t size = 0;
    auto [end, error] = std::from_chars(rest_.data(), rest_.data() + rest_.size(), size);
    auto digits = static_cast<std::size_t>(end - rest_.data());
    bool is_right = error == std::errc() && digits < rest_.size() && rest_[digits] == ':' &&
                    size <= rest_.size() - digits - 1;
    if (!is_right) {
      is_broken_ = true;
      rest_ = {};
      return "";
    }
    std::string text(rest_.substr(digits + 1, size));
    rest_.remove_prefix(digits + 1 + size);
    return text;
  }
  int number() {
    std::string digits = text();
    int number = 0;
    auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size()) is_broken_ = true;
    return is_broken_ ? 0 : number;
  }
  // Each of `count` items takes bytes, so a count that lies ends with them.
  template <typename Each>
  void times(const Each& each) {
    for (int left = number(); left > 0 && !is_broken_; --left) each();
  }
  std::vector<std::string> texts() {
    std::vector<std::string> texts;
    times([&] { texts.push_back(text()); });
    return texts;
  }
  Import import() {
    std::string folder = text();
    return {std::move(folder), text()};
  }
  std::vector<Import> imports() {
    std::vector<Import> imports;
    times([&] { imports.push_back(import()); });
    return imports;
  }

 private:
  std::string_view rest_;
  bool is_broken_ = false;
};

}  // namespace

std::string encode(const Job& job) {
  Writer writer;
  writer.add(job.text).add(job.name);
  writer.add(job.is_indented).add(job.has_map).add(job.has_line_comments);
  writer.add(static_cast<std::int64_t>(job.style)).add(job.precision);
  writer.add(static_cast<std::int64_t>(job.imports.size()));
  for (const auto& [import, found] : job.imports) {
    writer.add(import).add(found.has_value());
    if (found) writer.add(*found);
  }
  writer.add(static_cast<std::int64_t>(job.files.size()));
  for (const auto& [path, text] : job.files) writer.add(path).add(text);
  return writer.take();
}

std::optional<Job> decode_job(std::string_view bytes) {
  Reader reader(bytes);
  Job job;
  job.text = reader.text();
  job.name = reader.text();
  job.is_indented = reader.number() != 0;
  job.has_map = reader.number() != 0;
  job.has_line_comments = reader.number() != 0;
  int style = reader.number();
  if (style < 0 || style > static_cast<int>(Style::kCompressed)) return std::nullopt;
  job.style = static_cast<Style>(style);
  job.precision = reader.number();
  reader.times([&] {
    auto& found = job.imports[reader.import()];
    if (reader.number() != 0) found = reader.texts();
  });
  reader.times([&] {
    std::string path = reader.text();
    job.files[std::move(path)] = reader.text();
  });
  return reader.ok() ? std::optional(std::move(job)) : std::nullopt;
}

std::string encode(const Outcome& outcome) {
  Writer writer;
  writer.add(outcome.css).add(outcome.map).add(outcome.is_failed);
  writer.add(outcome.message).add(outcome.file).add(outcome.line).add(outcome.column);
  return writer.add(outcome.used).add(outcome.missing).take();
}

std::optional<Outcome> decode_outcome(std::string_view bytes) {
  Reader reader(bytes);
  Outcome outcome;
  outcome.css = reader.text();
  outcome.map = reader.text();
  outcome.is_failed = reader.number() != 0;
  outcome.message = reader.text();
  outcome.file = reader.text();
  outcome.line = reader.number();
  outcome.column = reader.number();
  outcome.used = reader.imports();
  outcome.missing = reader.imports();
  return reader.ok() ? std::optional(std::move(outcome)) : std::nullopt;
}

}  // namespace stet::sass
