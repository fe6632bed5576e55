#include "cms/plugins/responsive_image.h"

#include <algorithm>
#include <array>
#include <map>

#include "cms/liquid/convert.h"
#include "cms/liquid/filters/escape.h"
#include "cms/liquid/filters/site_url.h"
#include "cms/site/permalink.h"
#include "cms/site/site.h"
#include "storage/base/utf8.h"

namespace stet::plugins {
namespace {

using liquid::Value;
using reads::Key;
using reads::Kind;

constexpr char kValue = '\x1f', kEnd = '\x1e';
constexpr std::array<std::string_view, 7> kAttributes = {
    "alt", "class", "id", "loading", "sizes", "style", "title"};

using Arguments = std::map<std::string, std::string, std::less<>>;

Result<Arguments> arguments_of(std::string_view markup) {
  Arguments arguments;
  while (!markup.empty()) {
    std::size_t value = markup.find(kValue), end = markup.find(kEnd, value);
    if (value == markup.npos || end == markup.npos) break;
    std::string key(markup.substr(0, value));
    bool is_known = key == "path" ||
                    std::find(kAttributes.begin(), kAttributes.end(), key) != kAttributes.end();
    if (!is_known) {
      return invalid_input("responsive_image knows no '" + printable(key, 40) +
                           "'; it takes path, alt, class, id, loading, sizes, style and title");
    }
    arguments[key] = markup.substr(value + 1, end - value - 1);
    markup.remove_prefix(end + 1);
  }
  if (arguments["path"].empty()) {
    return invalid_input(
        "responsive_image needs a path; write {% responsive_image assets/x.jpg alt: \"...\" %}");
  }
  return arguments;
}

Value in(const Value& map, std::string_view key, site::View& view) {
  return map.is_nil() ? Value() : liquid::property(map, key, view, false);
}

// What _data/media.yml says of the file.
std::string said_of(std::string_view path, std::string_view key, site::View& view) {
  Value media = view.site().data()->get("media", view);
  Value text = in(in(media, path, view), key, view);
  return text.is_string() ? std::string(text.as_string()) : "";
}

class Printer {
 public:
  Printer(Arguments arguments, site::View& view) : arguments_(std::move(arguments)), view_(view) {}

  std::string run(site::Pictures* pictures) {
    const std::string& named = arguments_["path"];
    bool is_foreign = named.find("://") != named.npos || named.starts_with("//");
    std::string path = named.substr(std::min(named.find_first_not_of('/'), named.size()));
    const site::StaticFile* file = is_foreign ? nullptr : look(path);
    if (!file) return img(is_foreign ? liquid::escape_html(named) : url_of(path), "", {});
    if (!arguments_.contains("alt")) arguments_["alt"] = said_of(path, "alt", view_);
    std::optional<image::Picture> picture;
    if (pictures) picture = pictures->find(view_.site(), path);
    std::optional<image::Size> size = picture ? picture->size : std::nullopt;
    const std::string original = url_of(file->output_path());
    if (!picture || !pictures->has_variants()) return img(original, "", size);
    Value widths = in(in(view_.config("stet"), "media", view_), "widths", view_);
    std::string webp, jpeg;
    for (const image::Recipe& recipe : image::recipes_of(*picture, site::picture_widths(widths))) {
      std::string& set = recipe.format == image::Format::kWebp ? webp : jpeg;
      set += url_of(image::variant_path(file->output_path(), file->blob(), recipe)) + " " +
             std::to_string(recipe.width) + "w, ";
    }
    if (webp.empty()) return img(original, "", size);
    if (!arguments_.contains("sizes")) arguments_["sizes"] = "100vw";
    const std::string whole = original + " " + std::to_string(size->width) + "w";
    // A WebP of the whole there is only where the picture is one: the largest stands for it.
    webp.resize(webp.size() - 2);
    if (picture->format == image::Format::kWebp) return img(original, webp + ", " + whole, size);
    std::string source = "<source type=\"image/webp\" srcset=\"" + webp + "\"" + sizes() + ">";
    return "<picture>" + source + img(original, jpeg.empty() ? "" : jpeg + whole, size) +
           "</picture>";
  }

 private:
  // The file of the site, which has been read whether it is there or not.
  const site::StaticFile* look(const std::string& path) {
    reads::Names& names = view_.names();
    view_.recorder().add(Key(Kind::kFile, names.id_of(path)));
    view_.recorder().add(Key(Kind::kField, names.id_of(path), names.id_of("url")));
    const site::SourceFile* source = view_.site().find_source(path);
    return source && source->static_file ? source->static_file.get() : nullptr;
  }

  std::string address(const std::string& path) {
    auto url = liquid::relative_url(path, liquid::to_text(view_.config("baseurl"), view_));
    return url ? *url : path;
  }
  // Without a comma, which parts the addresses of a srcset.
  std::string url_of(const std::string& output_path) {
    std::string url = address("/" + site::escape_path(output_path)), out;
    for (char c : url) out += c == ',' ? "%2C" : std::string(1, c);
    return liquid::escape_html(out);
  }

  std::string sizes() const {
    auto found = arguments_.find("sizes");
    if (found == arguments_.end()) return "";
    return " sizes=\"" + liquid::escape_html(found->second) + "\"";
  }

  std::string img(const std::string& url,
                  const std::string& set,
                  const std::optional<image::Size>& size) {
    std::string html = "<img src=\"" + url + "\"";
    if (!set.empty()) html += " srcset=\"" + set + "\"" + sizes();
    if (size) {
      html += " width=\"" + std::to_string(size->width) + "\" height=\"" +
              std::to_string(size->height) + "\"";
    }
    arguments_.try_emplace("alt", "");
    arguments_.try_emplace("loading", "lazy");
    for (const auto& [key, value] : arguments_) {
      if (key == "path" || key == "sizes" || (value.empty() && key != "alt")) continue;
      html += " " + key + "=\"" + liquid::escape_html(value) + "\"";
    }
    return html + ">";
  }

  Arguments arguments_;
  site::View& view_;
};

}  // namespace

Result<std::string> responsive_image(std::string_view markup,
                                     site::Pictures* pictures,
                                     site::View& view) {
  return Printer(TRY(arguments_of(markup)), view).run(pictures);
}

}  // namespace stet::plugins
