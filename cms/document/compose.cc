#include "cms/document/compose.h"

#include <charconv>
#include <unordered_map>

#include "cms/document/yaml.h"
#include "storage/base/utf8.h"

namespace stet::document {
namespace {

constexpr std::size_t kWarningsMax = 50;

bool is_binary(const Node& node) {
  return node.tag == "tag:yaml.org,2002:binary" || node.tag == "!binary" ||
         node.tag == "x-private:binary";
}

// As Ruby's Base64.decode64: what is no digit is passed over.
std::string decode_base64(std::string_view text) {
  static constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  std::uint32_t bits = 0;
  int count = 0;
  for (char c : text) {
    auto digit = kDigits.find(c);
    if (c == '=') break;
    if (digit == kDigits.npos) continue;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    if ((count += 6) >= 8) out += static_cast<char>(bits >> (count -= 8) & 0xff);
  }
  return out;
}

std::string ruby_real(double value) {
  char text[32];
  std::string out(text, std::to_chars(text, text + sizeof text, value).ptr);
  if (out == "inf") return "Infinity";
  if (out == "-inf") return "-Infinity";
  if (out == "nan" || out == "-nan") return "NaN";
  auto exponent = out.find('e');
  if (out.find('.') == out.npos) out.insert(std::min(exponent, out.size()), ".0");
  return out;
}

class Composer {
 public:
  Composer(const Source& source, const Syntax& syntax, Problems& problems)
      : source_(source), syntax_(syntax), problems_(problems) {}

  std::optional<Data> run() {
    Data data;
    std::size_t height = 0;
    if (!compose(syntax_.root, 0, data, height)) return std::nullopt;
    return data;
  }

 private:
  // What an anchor stands for, and what a copy of it costs.
  struct Anchored {
    Data data;
    std::size_t nodes = 0, bytes = 0, height = 0;
  };

  bool refuse(const Node& node, std::string message) {
    say(Severity::kError, node, std::move(message));
    return false;
  }

  void warn(const Node& node, std::string message) {
    if (++warnings_ <= kWarningsMax) say(Severity::kWarning, node, std::move(message));
  }

  void say(Severity severity, const Node& node, std::string message) {
    Position position = position_at(source_.bytes, node.begin);
    problems_.push_back(
        {severity, std::string(source_.path), position.line, position.column, std::move(message)});
  }

  bool spend(const Node& node, std::size_t nodes, std::size_t bytes) {
    nodes_ += nodes;
    aliased_bytes_ += bytes;
    if (nodes_ <= kYamlNodesMax && aliased_bytes_ <= kYamlAliasedBytesMax) return true;
    return refuse(node, "YAML: the aliases stand for too much; write less of it with aliases");
  }

  // `height` of what comes out: 0 for scalars.
  bool compose(int id, std::size_t depth, Data& out, std::size_t& height) {
    const Node& node = syntax_.at(id);
    if (node.kind == Node::Kind::kAlias) return follow(node, depth, out, height);
    std::size_t nodes_before = nodes_, bytes_before = bytes_;
    if (!spend(node, 1, 0)) return false;
    bool is_composed = node.kind == Node::Kind::kScalar ? compose_scalar(node, out)
                       : node.kind == Node::Kind::kList ? compose_list(node, depth, out, height)
                                                        : compose_map(node, depth, out, height);
    if (!is_composed || node.anchor.empty()) return is_composed;
    Anchored anchored{out, nodes_ - nodes_before, bytes_ - bytes_before, height};
    if (!spend(node, anchored.nodes, anchored.bytes)) return false;
    anchors_[id] = std::move(anchored);
    return true;
  }

  bool follow(const Node& node, std::size_t depth, Data& out, std::size_t& height) {
    if (node.target < 0) {
      warn(node, "YAML: there is no anchor &" + node.text + " above; the value is taken for nil");
      return spend(node, 1, 0);
    }
    auto found = anchors_.find(node.target);
    if (found == anchors_.end()) {
      return refuse(node, "YAML: *" + node.text + " stands inside of what it stands for");
    }
    const Anchored& anchored = found->second;
    if (depth + anchored.height > kYamlDepthMax) {
      return refuse(node,
                    "YAML: nested more than " + std::to_string(kYamlDepthMax) +
                        " deep by its aliases; flatten it");
    }
    if (!spend(node, anchored.nodes, anchored.bytes)) return false;
    bytes_ += anchored.bytes;
    out = anchored.data;
    height = anchored.height;
    return true;
  }

  bool compose_scalar(const Node& node, Data& out) {
    bytes_ += node.text.size();
    out = scalar_of(node);
    if (is_binary(node) && !is_utf8(*out.string())) {
      warn(node, "YAML: this binary value is not UTF-8 text; its Base64 is taken as it stands");
      out = node.text;
    }
    return true;
  }

  bool compose_list(const Node& node, std::size_t depth, Data& out, std::size_t& height) {
    Data::List items(node.children.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
      std::size_t item_height = 0;
      if (!compose(node.children[i], depth + 1, items[i], item_height)) return false;
      height = std::max(height, item_height + 1);
    }
    out = std::move(items);
    return true;
  }

  // SafeYAML reads a map as one stream of keys and values, in which a nil key is passed over: what
  // stood as its value is the next key.
  bool compose_map(const Node& node, std::size_t depth, Data& out, std::size_t& height) {
    Data::Map map;
    std::optional<std::string> key;
    const Node* key_node = nullptr;
    for (int child : node.children) {
      Data data;
      std::size_t child_height = 0;
      if (!compose(child, depth + 1, data, child_height)) return false;
      const Node& child_node = syntax_.at(child);
      if (!key) {
        if (!take_key(child_node, data, key)) return false;
        key_node = &child_node;
        continue;
      }
      height = std::max(height, child_height + 1);
      if (*key == "<<") {
        if (!merge(child_node, data, map)) return false;
      } else {
        if (!put(map, *key, std::move(data))) {
          warn(*key_node, "the key " + printable(*key, 80) + " is here again; the last one counts");
        }
      }
      key.reset();
    }
    out = std::move(map);
    return true;
  }

  bool take_key(const Node& node, const Data& data, std::optional<std::string>& key) {
    if (data.is_list() || data.is_map()) {
      key = std::string(source_.bytes.substr(node.begin, node.end - node.begin));
      warn(node,
           "YAML: a list or map is a key here, which nothing can ask for; is it text, quote it");
    } else if (data.is_nil()) {
      warn(node, "YAML: a key is empty here and is passed over; give it a name");
    } else {
      key = key_of(data);
    }
    return true;
  }

  // False if the key was there.
  static bool put(Data::Map& map, const std::string& key, Data data) {
    bool is_new = !map.contains(key);
    map.set(key, std::move(data));
    return is_new;
  }

  bool merge(const Node& node, Data& data, Data::Map& map) {
    if (!data.is_map()) {
      return refuse(node, "YAML: << takes one alias of a map; name one map after another");
    }
    if (node.kind != Node::Kind::kAlias) {
      warn(node, "YAML: << takes an alias; what is written out here is passed over");
      return true;
    }
    for (std::size_t i = 0; i < data.map()->size(); ++i) {
      put(map, data.map()->at(i).first, std::move(data.map()->value_at(i)));
    }
    return true;
  }

  const Source& source_;
  const Syntax& syntax_;
  Problems& problems_;
  std::unordered_map<int, Anchored> anchors_;
  std::size_t nodes_ = 0, bytes_ = 0, aliased_bytes_ = 0, warnings_ = 0;
};

}  // namespace

std::optional<Data> compose(const Source& source, const Syntax& syntax, Problems& problems) {
  return Composer(source, syntax, problems).run();
}

std::optional<std::string> key_of(const Data& data) {
  switch (data.kind()) {
    case Data::Kind::kBool: return *data.boolean() ? "true" : "false";
    case Data::Kind::kInt: return std::to_string(*data.integer());
    case Data::Kind::kDouble: return ruby_real(*data.real());
    case Data::Kind::kString: return *data.string();
    case Data::Kind::kDate: return iso_date(*data.date());
    case Data::Kind::kTime: {
      std::string text = iso_time(*data.time());  // 2018-08-03T10:00:00+02:00
      text[10] = ' ';
      text.erase(text.size() - 3, 1);
      return text.insert(19, " ");
    }
    default: return std::nullopt;
  }
}

Data scalar_of(const Node& node) {
  if (is_binary(node)) return decode_base64(node.text);
  return node.is_quoted ? Data(node.text) : resolve_plain(node.text);
}

}  // namespace stet::document
