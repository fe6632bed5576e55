// The world as one render sees it: site, includes, filters' services; everything looked at is
// noted.
//
// One thread, one render.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "cms/render/renderer.h"
#include "cms/site/view.h"

namespace stet::render {

class PageView final : public site::View {
 public:
  PageView(const Renderer& renderer,
           const site::Document& current,
           Stage stage,
           reads::Recorder& recorder)
      : renderer_(renderer), current_(&current), stage_(stage), recorder_(recorder) {}
  // Of no document, for a summary: it is made when all documents are rendered.
  PageView(const Renderer& renderer, reads::Recorder& recorder)
      : renderer_(renderer), current_(nullptr), stage_(Stage::kLayout), recorder_(recorder) {}

  // What the render of a document names: page, site, jekyll, paginator.
  liquid::Globals globals();
  Problems take_problems() { return std::move(problems_); }
  // A text that was printed could not be read.
  std::optional<Problem> take_failure() { return std::exchange(failure_, std::nullopt); }

  const site::Site& site() const override { return renderer_.site(); }
  const site::Document* current() const override { return current_; }
  reads::Recorder& recorder() override { return recorder_; }
  reads::Names& names() override { return site().names(); }
  liquid::Value content_of(const site::Document& document) override;
  liquid::Value excerpt_of(const site::Document& document) override;
  liquid::Value derived_field(const site::Document& document, std::string_view key) override;
  site::SummaryPtr summary(std::string_view kind, std::string_view subject) override;
  liquid::Value output_of(const site::Document& document) override;

  Result<std::shared_ptr<const liquid::Template>> load_include(std::string_view name,
                                                               liquid::IncludeKind kind) override;
  const TimeZone& zone() override;
  Time now() override { return site().time(); }
  void saw_instant(std::string_view how, std::string_view result) override;
  liquid::Value config(std::string_view key) override;
  std::string markdownify(std::string_view markdown) override;
  std::string smartify(std::string_view text) override;
  Result<std::string> sassify(std::string_view sass, bool is_indented) override;
  std::string highlight(std::string_view code, std::string_view language) override;
  std::string highlighted_lines(std::string html) override;
  Result<std::string> link(std::string_view path) override;
  Result<std::string> post_url(std::string_view name) override;
  Result<std::string> plugin_tag(std::string_view name, std::string_view markup) override;

 private:
  // True if Jekyll would have rendered it by now.
  bool is_rendered(const site::Document& document);
  // Its HTML; of one whose text cannot be read nothing, which fails the render.
  liquid::Value html_of(const RenditionPtr& rendition);
  // As it is written, likewise.
  liquid::Value raw_text(const site::Document& document, Result<std::string> text);
  void read_field(std::string_view subject, std::string_view field);
  Result<std::string> url_of(const site::Document& document);

  const Renderer& renderer_;
  const site::Document* const current_;
  const Stage stage_;
  reads::Recorder& recorder_;
  Problems problems_;
  std::optional<Problem> failure_;
  std::unordered_map<std::string, std::shared_ptr<const liquid::Template>> includes_;
};

}  // namespace stet::render
