// What a render asks of the world around it. Liquid itself knows no site and does no input or
// output.
//
// One Host serves one render on one thread; the site's renderer implements it and records reads in
// it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "cms/liquid/value.h"
#include "storage/base/result.h"
#include "storage/base/zone.h"

namespace stet::liquid {

class Template;

constexpr std::size_t kBytesAStep = 256;  // of text, in the time of a step

enum class IncludeKind {
  kInclude,   // {% include f %}: from the includes folder, then the theme
  kRelative,  // {% include_relative f %}: beside the file being rendered
};

// What a render has used up, and may.
struct Meter {
  std::uint64_t steps = 0;
  std::uint64_t steps_max = std::numeric_limits<std::uint64_t>::max();
  std::size_t bytes_max = SIZE_MAX;  // of any one text
  bool has_long_text = false;        // one would have been longer
};

class Host {
 public:
  virtual ~Host() = default;

  // Counts `steps` of a walk through what values hold, which has made `bytes` of text so far.
  // False: the render has used up what it may, and fails as soon as the walk returns, which is at
  // once. Lists may hold one list twice, and that another, so a walk knows no other end.
  bool may_go_on(std::uint64_t steps, std::size_t bytes = 0) {
    if (!meter_) return true;
    meter_->steps += steps;
    if (bytes > meter_->bytes_max) {
      meter_->has_long_text = true;
      meter_->steps_max = 0;
    }
    return meter_->steps <= meter_->steps_max;
  }
  // Walks count there from now on; returns where they did.
  Meter* count_in(Meter* meter) { return std::exchange(meter_, meter); }

  // The parsed template of that name; kNotFound where there is none (that it was looked for is a
  // read).
  virtual Result<std::shared_ptr<const Template>> load_include(std::string_view name,
                                                               IncludeKind kind) = 0;

  virtual const TimeZone&
  zone() = 0;              // of the site: where times without a zone are, and what is printed
  virtual Time now() = 0;  // the live instant; never the machine's clock
  // A template saw `result`, which is the live instant by `how` ("date:%Y"); `how` "" is all of it.
  virtual void saw_instant(std::string_view how, std::string_view result) = 0;

  // A key of the site's configuration, for filters and tags that need one (url, baseurl).
  virtual Value config(std::string_view key) = 0;

  virtual std::string markdownify(std::string_view markdown) = 0;
  virtual std::string smartify(std::string_view text) = 0;
  virtual Result<std::string> sassify(std::string_view sass, bool is_indented) = 0;
  // The HTML of a code block, as the site's highlighter makes it.
  virtual std::string highlight(std::string_view code, std::string_view language) = 0;
  // What {% highlight %} writes of the lines of its code; Markdown may read them afterwards.
  virtual std::string highlighted_lines(std::string html) { return html; }

  // URL paths, without baseurl, for {% link path %} and {% post_url name %}; kNotFound names what
  // lacks.
  virtual Result<std::string> link(std::string_view path) = 0;
  virtual Result<std::string> post_url(std::string_view name) = 0;

  // What a tag of a plugin prints ({% seo %}, {% feed_meta %}); an error where the site has no such
  // plugin, or the markup is none that it takes.
  virtual Result<std::string> plugin_tag(std::string_view name, std::string_view markup);

 private:
  Meter* meter_ = nullptr;
};

inline Result<std::string> Host::plugin_tag(std::string_view name, std::string_view) {
  return not_found("Unknown tag '" + std::string(name) + "'");
}

}  // namespace stet::liquid
