// A View that renders nothing: for what drops record.
#pragma once

#include "cms/site/site.h"
#include "cms/site/view.h"

namespace stet::site {

class PlainView : public View {
 public:
  PlainView(const Site& site, reads::Names& names) : site_(site), names_(names) {}

  const Site& site() const override { return site_; }
  const Document* current() const override { return nullptr; }
  reads::Recorder& recorder() override { return recorder_; }
  reads::Names& names() override { return names_; }
  liquid::Value content_of(const Document&) override { return {}; }
  liquid::Value excerpt_of(const Document&) override { return {}; }
  liquid::Value derived_field(const Document&, std::string_view) override { return {}; }
  SummaryPtr summary(std::string_view, std::string_view) override {
    return std::make_shared<const Summary>();
  }
  liquid::Value output_of(const Document&) override { return {}; }
  Result<std::shared_ptr<const liquid::Template>> load_include(std::string_view,
                                                               liquid::IncludeKind) override {
    return not_found("none");
  }
  const TimeZone& zone() override { return site_.config().zone(); }
  Time now() override { return site_.time(); }
  void saw_instant(std::string_view, std::string_view) override {}
  liquid::Value config(std::string_view key) override { return site_.config().get(key); }
  std::string markdownify(std::string_view text) override { return std::string(text); }
  std::string smartify(std::string_view text) override { return std::string(text); }
  Result<std::string> sassify(std::string_view, bool) override { return unavailable("none"); }
  std::string highlight(std::string_view code, std::string_view) override {
    return std::string(code);
  }
  Result<std::string> link(std::string_view) override { return not_found("none"); }
  Result<std::string> post_url(std::string_view) override { return not_found("none"); }

 private:
  const Site& site_;
  reads::Names& names_;
  reads::Recorder recorder_;
};

}  // namespace stet::site
