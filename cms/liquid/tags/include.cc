#include <vector>

#include "cms/liquid/parser.h"
#include "cms/liquid/renderer.h"
#include "cms/liquid/tags/include_markup.h"
#include "cms/liquid/tags/registry.h"
#include "storage/base/utf8.h"

namespace stet::liquid {
namespace {

constexpr std::size_t kNameBytesMax = 200;  // of what messages quote

std::string valid_syntax(std::string_view tag) {
  return "Valid syntax: {% " + std::string(tag) + " file.ext param='value' param2='value' %}";
}

class Include final : public Tag {
 public:
  struct Parts {
    IncludeKind kind = IncludeKind::kInclude;
    std::string_view tag;
    std::string_view file;
    std::optional<Block> dynamic_file;
    bool has_parameters = false;
    std::span<const IncludeParameter> parameters;
  };

  explicit Include(Parts parts) : parts_(std::move(parts)) {}

  void render(Renderer& renderer) const override {
    const std::string file =
        parts_.dynamic_file ? renderer.capture(*parts_.dynamic_file) : std::string(parts_.file);
    if (renderer.failed()) return;
    if (!is_include_name(file)) return fail_of_name(renderer, file);
    auto tree = renderer.host().load_include(file, parts_.kind);
    if (!tree) return fail_of_loading(renderer, file, tree.error());
    const std::size_t mark = renderer.enter();
    if (parts_.has_parameters) {
      static constexpr Name kInclude("include");
      renderer.push(kInclude, parameters(renderer));
    }
    if (!renderer.failed()) renderer.include(*std::move(tree));
    renderer.leave(mark);
  }

 private:
  Value parameters(Renderer& renderer) const {
    std::vector<Hash::Entry> entries;
    entries.reserve(parts_.parameters.size());
    for (const IncludeParameter& parameter : parts_.parameters) {
      entries.emplace_back(std::string(parameter.key), renderer.evaluate(parameter.value));
    }
    return make_hash(std::move(entries));
  }

  void fail_of_name(Renderer& renderer, const std::string& file) const {
    renderer.fail(
        "Invalid syntax for include tag. File contains invalid characters or sequences: '" +
        printable(file, kNameBytesMax) + "'. " + valid_syntax(parts_.tag));
  }

  void fail_of_loading(Renderer& renderer, const std::string& file, const Error& error) const {
    if (error.code != ErrorCode::kNotFound) return renderer.fail(error.message);
    const bool is_relative = parts_.kind == IncludeKind::kRelative;
    renderer.fail(
        "Could not locate the included file '" + file + "' in any of [\"" +
        (is_relative ? "the folder of this file" : "_includes") +
        "\"]. Ensure it exists in one of those directories: create it, or mend its name.");
  }

  Parts parts_;
};

std::optional<ParsedTag> parse(Parser& parser, const TagMarkup& tag, IncludeKind kind) {
  const IncludeMarkup markup = split_include(tag.markup);
  Include::Parts parts{.kind = kind,
                       .tag = tag.name,
                       .file = markup.file,
                       .dynamic_file = {},
                       .has_parameters = markup.has_parameters,
                       .parameters = {}};
  if (markup.has_parameters) {
    auto parameters = parse_include_parameters(markup.parameters, parser.arena());
    if (!parameters) {
      return parser.fail(
          tag,
          "Invalid syntax for include tag: " + printable(markup.parameters, kNameBytesMax) + ". " +
              valid_syntax(tag.name));
    }
    parts.parameters = parser.arena().keep(*std::move(parameters));
  }
  if (markup.is_dynamic) {
    parts.dynamic_file = parser.fragment(markup.file);
    if (!parts.dynamic_file) return std::nullopt;
  }
  return ParsedTag{.tag = parser.arena().make<Include>(std::move(parts))};
}

}  // namespace

std::optional<ParsedTag> parse_include(Parser& parser, const TagMarkup& tag) {
  return parse(parser, tag, IncludeKind::kInclude);
}

std::optional<ParsedTag> parse_include_relative(Parser& parser, const TagMarkup& tag) {
  return parse(parser, tag, IncludeKind::kRelative);
}

}  // namespace stet::liquid
