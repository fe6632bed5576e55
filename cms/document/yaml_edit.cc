#include "cms/document/yaml_edit.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "cms/document/compose.h"
#include "cms/document/edit.h"
#include "cms/document/emit.h"
#include "cms/document/entries.h"
#include "cms/document/front_matter.h"
#include "cms/document/splice.h"
#include "storage/base/utf8.h"

namespace stet::document {
namespace {

// Each takes a reading of the whole file.
constexpr std::size_t kKeysMax = 100;

// One state of the file on the way.
struct Reading {
  Source source;
  Syntax syntax;
  Data data;
};

class YamlEdit {
 public:
  YamlEdit(const Source& source, YamlPart part)
      : part_(part), path_(source.path), rest_(source.bytes.substr(source.end)) {}

  Result<std::string> run(std::string_view bytes, const Data& after) const {
    auto reading = read(bytes);
    if (!reading) return refusal(bytes, 0, "");
    if (reading->data == after) return std::string(bytes);
    if (auto whole = whole_change(*reading, after)) {
      if (reads_as(*whole, after)) return std::move(*whole);
    }
    if (reading->data.is_map() && after.is_map() && !after.map()->empty()) {
      return key_by_key(bytes, after);
    }
    if (part_ == YamlPart::kFile) {
      std::string out = TRY(write_yaml(after));
      if (reads_as(out, after)) return out;
    }
    return refusal(bytes, 0, "");
  }

 private:
  std::optional<Reading> read(std::string_view bytes) const {
    FrontMatter found = find_front_matter(bytes);
    Source source{bytes, found.text_begin, bytes.size(), path_};
    if (part_ == YamlPart::kFrontMatter) {
      source.end = found.closing_begin;
      if (!found.is_closed || bytes.substr(source.end) != rest_) return std::nullopt;
    }
    Problems problems;
    auto syntax = read_syntax(source, problems);
    if (!syntax) return std::nullopt;
    // Nothing at all is as good as an empty map to who asks for a map.
    Data data = Data::Map();
    if (syntax->root >= 0) {
      auto composed = compose(source, *syntax, problems);
      if (!composed) return std::nullopt;
      if (!composed->is_nil()) data = std::move(*composed);
    }
    return Reading{source, std::move(*syntax), std::move(data)};
  }

  bool reads_as(std::string_view bytes, const Data& intended) const {
    auto reading = read(bytes);
    return reading && reading->data == intended;
  }

  static bool is_empty(const Reading& reading) {
    return reading.syntax.root < 0 ||
           reading.syntax.at(reading.syntax.root).kind == Node::Kind::kScalar;
  }

  std::optional<std::string> whole_change(const Reading& reading, const Data& after) const {
    const Source& source = reading.source;
    if (is_empty(reading)) {
      bool is_collection = after.is_map() || (after.is_list() && part_ == YamlPart::kFile);
      return is_collection && reading.data == Data(Data::Map()) ? appended(reading, after)
                                                                : std::nullopt;
    }
    const Node& root = reading.syntax.at(reading.syntax.root);
    if (after.is_map() && after.map()->empty()) return emptied(reading, root);
    if (after.is_map() && root.style == Style::kBlock && keeps_no_key(reading, after)) {
      Manner manner = manner_of(source, reading.syntax);
      std::size_t end = line_end(source.bytes, root.end);
      return spliced(source.bytes, {{root.begin, end, block_map(*after.map(), 0, manner)}});
    }
    bool is_same_kind =
        (after.is_map() && reading.data.is_map()) || (after.is_list() && reading.data.is_list());
    if (!is_same_kind) return std::nullopt;
    auto splices = splices_for(source, reading.syntax, reading.data, after);
    if (!splices) return std::nullopt;
    return spliced(source.bytes, *splices);
  }

  static bool keeps_no_key(const Reading& reading, const Data& after) {
    return reading.data.is_map() &&
           std::ranges::none_of(*reading.data.map(),
                                [&](const auto& entry) { return after.find(entry.first); });
  }

  // Comments alone, or nothing: the new lines go to the end.
  std::optional<std::string> appended(const Reading& reading, const Data& after) const {
    Manner manner = manner_of(reading.source, reading.syntax);
    std::string text =
        after.is_map() ? block_map(*after.map(), 0, manner) : block_list(*after.list(), 0, manner);
    std::size_t at = reading.source.end;
    std::string out(reading.source.bytes.substr(0, at));
    bool is_line_open = at > reading.source.begin && !out.ends_with('\n');
    if (is_line_open) out += manner.eol;
    out += text;
    if (!is_line_open) out += manner.eol;
    return out.append(reading.source.bytes.substr(at));
  }

  std::optional<std::string> emptied(const Reading& reading, const Node& root) const {
    std::string_view bytes = reading.source.bytes;
    if (root.style == Style::kFlow) {
      return spliced(bytes, {{root.bare_begin, root.end, "{}"}});
    }
    std::size_t end = line_end(bytes, root.end);
    end = std::min(bytes.find('\n', end), reading.source.end - 1) + 1;
    return spliced(bytes, {{root.begin, end, ""}});
  }

  Result<std::string> key_by_key(std::string_view bytes, const Data& after) const {
    std::string out(bytes);
    Data::Map before = *read(bytes)->data.map();
    std::vector<std::string> keys;
    for (const auto& [key, value] : *after.map()) {
      const Data* old = before.find(key);
      if (!old || !(*old == value)) keys.push_back(key);
    }
    // From below, so that aliases go before their anchors.
    for (std::size_t i = before.size(); i-- > 0;) {
      if (!after.find(before.at(i).first)) keys.push_back(before.at(i).first);
    }
    if (keys.size() > kKeysMax) return refusal(bytes, 0, "");
    for (const std::string& key : keys) {
      auto reading = read(out);
      if (!reading || !reading->data.is_map()) return refusal(bytes, 0, key);
      const Data* value = after.find(key);
      Data intended = reading->data;
      value ? intended.map()->set(key, *value) : (void)intended.map()->erase(key);
      auto next = whole_change(*reading, intended);
      if (!next || !reads_as(*next, intended)) next = key_anew(*reading, key, value);
      if (!next || !reads_as(*next, intended)) return refusal(out, place_of(*reading, key), key);
      out = std::move(*next);
    }
    return out;
  }

  std::optional<std::string> key_anew(const Reading& reading,
                                      std::string_view key,
                                      const Data* value) const {
    const Source& source = reading.source;
    if (is_empty(reading)) return std::nullopt;
    const Node& root = reading.syntax.at(reading.syntax.root);
    auto entries = entries_of(source, reading.syntax, root);
    if (!entries || entries->empty() || root.style == Style::kFlow) return std::nullopt;
    Manner manner = manner_of(source, reading.syntax);
    std::string text;
    int indent = column_in(source, entries->front().begin);
    if (value)
      text = key_text(key, false) + ":" + block_value(*value, indent, Parent::kKey, manner);
    std::vector<Splice> splices;
    for (const Entry& entry : *entries) {
      if (entry.name != key) continue;
      std::size_t begin = line_begin(source.bytes, entry.begin);
      std::size_t end = line_end(source.bytes, entry.end);
      if (!splices.empty() || !value) {
        // With the empty lines below, which a `|+` above would take for its own.
        end = std::min(source.bytes.find('\n', end), source.end - 1) + 1;
        std::size_t next = std::min(source.bytes.find_first_not_of("\r\n", end), source.end);
        splices.push_back({begin, std::max(end, line_begin(source.bytes, next)), ""});
      } else {
        splices.push_back({begin, end, std::string(static_cast<std::size_t>(indent), ' ') + text});
      }
    }
    if (splices.empty()) {
      std::size_t at = line_end(source.bytes, entries->back().end);
      splices.push_back(
          {at, at, manner.eol + std::string(static_cast<std::size_t>(indent), ' ') + text});
    }
    return spliced(source.bytes, splices);
  }

  static std::size_t place_of(const Reading& reading, std::string_view key) {
    if (is_empty(reading)) return 0;
    auto entries =
        entries_of(reading.source, reading.syntax, reading.syntax.at(reading.syntax.root));
    std::size_t place = reading.source.begin;
    for (const Entry& entry : entries.value_or(std::vector<Entry>())) {
      if (entry.name == key) place = entry.begin;
    }
    return place;
  }

  Error refusal(std::string_view bytes, std::size_t offset, std::string_view key) const {
    Position position = position_at(bytes, offset);
    std::string what = key.empty() ? "this YAML" : "the key " + printable(key, 80);
    Problem problem{Severity::kError, path_, position.line, position.column, what};
    problem.message +=
        " is written in a way that cannot be edited safely; write it more plainly "
        "by hand first";
    return invalid_input(stet::to_string(problem));
  }

  YamlPart part_;
  std::string path_;
  std::string_view rest_;  // behind the YAML: stays as it is
};

}  // namespace

Result<std::string> change_yaml(const Source& source, YamlPart part, const Data& after) {
  return YamlEdit(source, part).run(source.bytes, after);
}

}  // namespace stet::document
