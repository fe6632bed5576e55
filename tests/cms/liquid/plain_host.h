// A Host of maps, for tests: its files, configuration and instant are what the test put there.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "cms/liquid/host.h"
#include "cms/liquid/template.h"

namespace stet::liquid {

class PlainHost : public Host {
 public:
  std::map<std::string, std::string, std::less<>> includes;
  std::map<std::string, std::string, std::less<>> relative_includes;
  std::map<std::string, Value, std::less<>> configuration;
  std::map<std::string, std::string, std::less<>> links;      // path to URL
  std::map<std::string, std::string, std::less<>> post_urls;  // name to URL
  Time instant{.seconds = 1'700'000'000, .is_utc = true};
  std::vector<std::pair<std::string, std::string>> instants_seen;

  Result<std::shared_ptr<const Template>> load_include(std::string_view name,
                                                       IncludeKind kind) override {
    const auto& files = kind == IncludeKind::kInclude ? includes : relative_includes;
    const auto found = files.find(name);
    if (found == files.end()) return not_found("no such include");
    const std::string key =
        (kind == IncludeKind::kInclude ? "_includes/" : "beside/") + found->first;
    auto& tree = trees_[key];
    if (!tree) tree = Template::parse(found->second, key).tree;
    return tree;
  }

  const TimeZone& zone() override { return zone_; }
  Time now() override { return instant; }
  void saw_instant(std::string_view how, std::string_view result) override {
    instants_seen.emplace_back(how, result);
  }
  Value config(std::string_view key) override {
    const auto found = configuration.find(key);
    return found == configuration.end() ? Value() : found->second;
  }
  std::string markdownify(std::string_view markdown) override {
    return "<p>" + std::string(markdown) + "</p>\n";
  }
  std::string smartify(std::string_view text) override { return std::string(text); }
  Result<std::string> sassify(std::string_view, bool) override {
    return unavailable("no Sass in this test");
  }
  std::string highlight(std::string_view code, std::string_view) override {
    return "<i>" + std::string(code) + "</i>";
  }
  Result<std::string> link(std::string_view path) override { return find(links, path); }
  Result<std::string> post_url(std::string_view name) override { return find(post_urls, name); }

 private:
  static Result<std::string> find(const std::map<std::string, std::string, std::less<>>& urls,
                                  std::string_view key) {
    const auto found = urls.find(key);
    if (found == urls.end()) return not_found(std::string(key));
    return found->second;
  }

  TimeZone zone_;
  std::map<std::string, std::shared_ptr<const Template>> trees_;
};

}  // namespace stet::liquid
