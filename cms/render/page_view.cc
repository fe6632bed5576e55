#include "cms/render/page_view.h"

#include <tuple>

#include "cms/generate/generate.h"
#include "cms/generate/paginator.h"
#include "cms/highlight/highlight.h"
#include "cms/markdown/commonmark.h"
#include "cms/markdown/render.h"
#include "cms/plugins/responsive_image.h"
#include "cms/plugins/tags.h"
#include "cms/render/markdown_options.h"
#include "cms/render/sheets.h"
#include "cms/schedule/schedule_view.h"
#include "cms/site/config_reads.h"
#include "cms/site/post_name.h"
#include "cms/site/site_drop.h"
#include "cms/site/theme_drop.h"

namespace stet::render {
namespace {

using liquid::Value;
using reads::Key;
using reads::Kind;

// Jekyll renders posts by ascending date, then the other collections, then pages, then generated
// ones.
std::tuple<std::size_t, std::int64_t, std::string_view> render_order(const site::Document& document,
                                                                     const site::Site& site) {
  const site::DocumentFacts& facts = document.facts();
  const auto& collections = site.config().collections();
  std::size_t place = 0;
  while (place < collections.size() && collections[place].label != facts.collection) ++place;
  if (facts.kind == site::DocumentKind::kGenerated) ++place;
  return {place, facts.key.primary, facts.key.text};
}

const site::SiteDrop& the_site_drop() {
  static const liquid::Ref<site::SiteDrop> kDrop(new site::SiteDrop());
  return *kDrop;
}

}  // namespace

liquid::Globals PageView::globals() {
  Value jekyll = liquid::make_hash({{"version", Value(std::string(site::kJekyllVersion))},
                                    {"environment", Value(site().config().environment())}});
  liquid::Globals globals = {{"page", Value(liquid::Ref<liquid::Drop>(current_))},
                             {"site", Value(liquid::Ref<liquid::Drop>(&the_site_drop()))},
                             {"jekyll", jekyll}};
  if (current_->facts().is_markdown) {
    globals.emplace_back("highlighter_prefix", Value(std::string("\n")));
    globals.emplace_back("highlighter_suffix", Value(std::string("\n")));
  }
  // Which theme there is, is seen by whether `theme` is there.
  config("theme");
  config("remote_theme");
  const site::ThemePtr& theme = site().theme();
  if (theme && !theme->root.empty()) {
    globals.emplace_back("theme", Value(liquid::Ref<liquid::Drop>(new site::ThemeDrop(theme))));
  } else if (site::names_theme(site().config().hash())) {
    recorder_.add(Key(Kind::kFile, names().id_of(site::kThemesFolder)));
  }
  Value paginator = generate::paginator_of(*current_, *this);
  if (!paginator.is_nil()) globals.emplace_back("paginator", std::move(paginator));
  return globals;
}

void PageView::read_field(std::string_view subject, std::string_view field) {
  recorder_.add(Key(Kind::kField, names().id_of(subject), names().id_of(field)));
}

bool PageView::is_rendered(const site::Document& document) {
  if (stage_ == Stage::kExcerpt) return false;
  if (!current_) return true;
  if (document.subject() == current_->subject()) {
    // What a page is to its layouts, Jekyll gathers before it renders the page; of a document it
    // asks when it is wanted.
    return stage_ == Stage::kLayout && document.facts().kind != site::DocumentKind::kPage;
  }
  read_field(document.facts().subject, "date");
  read_field(current_->facts().subject, "date");
  site::collections_of(*this);
  return render_order(document, site()) < render_order(*current_, site());
}

Value PageView::content_of(const site::Document& document) {
  reads::NameId subject = document.subject();
  if (!is_rendered(document)) {
    recorder_.add(Key(Kind::kField, subject, names().id_of("#body")));
    auto body = site().text_of(*document.facts().file);
    if (!body) return raw_text(document, body.error());
    return raw_text(document, std::string(body->text));
  }
  recorder_.add(Key(Kind::kRendition, subject, names().id_of("content")));
  return html_of(renderer_.content(document));
}

Value PageView::excerpt_of(const site::Document& document) {
  reads::NameId subject = document.subject();
  if (stage_ == Stage::kExcerpt) {
    if (subject == current_->subject()) return Value(std::string());
    recorder_.add(Key(Kind::kField, subject, names().id_of("#excerpt")));
    return raw_text(document, site().excerpt_of(*document.facts().excerpt_source));
  }
  recorder_.add(Key(Kind::kField, subject, names().id_of("excerpt")));
  recorder_.add(Key(Kind::kRendition, subject, names().id_of("excerpt")));
  return html_of(renderer_.excerpt(document));
}

Value PageView::html_of(const RenditionPtr& rendition) {
  if (rendition->is_unread) failure_ = rendition->problems.back();
  return Value(rendition->html);
}

Value PageView::raw_text(const site::Document& document, Result<std::string> text) {
  if (text) return Value(*std::move(text));
  failure_ = unreadable(document, text.error());
  return Value(std::string());
}

Value PageView::derived_field(const site::Document& document, std::string_view key) {
  Value value = generate::derived_field(document, key, *this);
  return value.is_nil() ? schedule::derived_field(document, key, *this) : value;
}

site::SummaryPtr PageView::summary(std::string_view kind, std::string_view subject) {
  recorder_.add(Key(Kind::kRendition, names().id_of(subject), names().id_of(kind)));
  RenditionPtr made = renderer_.summary(kind, subject);
  if (made->is_unread) failure_ = made->problems.back();
  return made->summary;
}

Value PageView::output_of(const site::Document& document) {
  bool is_own = current_ && document.subject() == current_->subject();
  if (!is_rendered(document) || is_own) return Value();
  Outcome outcome;
  Problems problems;
  std::string output = renderer_.render_document(document, recorder_, problems, outcome);
  if (outcome.is_unread) failure_ = problems.back();
  return Value(std::move(output));
}

Result<std::shared_ptr<const liquid::Template>> PageView::load_include(std::string_view name,
                                                                       liquid::IncludeKind kind) {
  recorder_.add(Key(Kind::kConfig, names().id_of("config"), names().id_of("includes_dir")));
  std::string folder = site().config().text("includes_dir");
  if (kind == liquid::IncludeKind::kRelative) {
    std::string_view own = current_->path();
    folder = std::string(own.substr(0, own.find('/') == own.npos ? 0 : own.rfind('/')));
  }
  std::string path = folder.empty() ? std::string(name) : folder + "/" + std::string(name);
  while (path.starts_with('/')) path.erase(0, 1);
  if (auto it = includes_.find(path); it != includes_.end()) return it->second;
  std::size_t doubled;
  while ((doubled = path.find("//")) != std::string::npos) path.erase(doubled, 1);
  recorder_.add(Key(Kind::kFile, names().id_of(path)));
  bool is_include = kind == liquid::IncludeKind::kInclude;
  auto found = site().find_file(path);
  if (!found && is_include && site().theme()) {
    found = site().find_file(site().theme()->place_of("_includes/" + std::string(name)));
  }
  if (found) recorder_.add(Key(Kind::kFile, names().id_of(found->path)));
  if (!found) return not_found("'" + path + "' is missing");
  ParsedTemplatePtr parsed = TRY(renderer_.tools().templates.include(site(), *found));
  problems_.insert(problems_.end(), parsed->problems.begin(), parsed->problems.end());
  includes_[path] = parsed->tree;
  return parsed->tree;
}

void PageView::saw_instant(std::string_view how, std::string_view result) {
  recorder_.add(Key(Kind::kInstant, names().id_of(how)));
  renderer_.tools().instants.note(how, result);
}

const TimeZone& PageView::zone() {
  site::whole_setting("timezone", *this);
  return site().config().zone();
}

Value PageView::config(std::string_view key) { return site().config().tree().get(key, *this); }

std::string PageView::markdownify(std::string_view text) {
  markdown::Html html = markdown::render(text, read_markdown_options(*this));
  return std::move(html.html);
}

std::string PageView::smartify(std::string_view text) {
  return markdown::smartify(text, read_markdown_options(*this));
}

Result<std::string> PageView::sassify(std::string_view sass, bool is_indented) {
  auto compiled = compile_sheet({.text = std::string(sass),
                                 .path = current_->path(),
                                 .name = "stdin",
                                 .is_indented = is_indented},
                                *this,
                                renderer_.tools().sheets);
  if (compiled.is_failed) return invalid_input(std::move(compiled.problems.at(0).message));
  return std::move(compiled.css);
}

std::string PageView::highlight(std::string_view code, std::string_view language) {
  return stet::highlight::to_html(language, code);
}

std::string PageView::highlighted_lines(std::string html) {
  const bool is_marked = read_markdown_options(*this).commonmark.is_of_github_pages;
  return is_marked ? markdown::with_line_marks(html) : html;
}

Result<std::string> PageView::url_of(const site::Document& document) {
  read_field(document.facts().subject, "exists");
  read_field(document.facts().subject, "url");
  return document.facts().url;
}

Result<std::string> PageView::link(std::string_view path) {
  while (path.starts_with('/')) path.remove_prefix(1);
  config("collections_dir");
  std::string in_collections = site().config().collections_folder() + "/" + std::string(path);
  for (const std::string& subject :
       {std::string(path) + "#page", std::string(path), in_collections}) {
    read_field(subject, "exists");
    if (auto document = site().find_document(subject)) return url_of(*document);
  }
  const site::SourceFile* source = site().find_source(path);
  if (source && source->static_file) {
    read_field(path, "url");
    return "/" + source->static_file->output_path();
  }
  return not_found("'" + std::string(path) + "' is no page, post or file of the site");
}

Result<std::string> PageView::plugin_tag(std::string_view name, std::string_view markup) {
  if (name == "responsive_image") {
    return plugins::responsive_image(markup, renderer_.tools().pictures, *this);
  }
  return plugins::tag_text(name, markup, generate::paginator_of(*current_, *this), *this);
}

// By path below any _posts folder, as Jekyll matches it; else any post of that day with that slug.
Result<std::string> PageView::post_url(std::string_view name) {
  while (name.starts_with('/')) name.remove_prefix(1);
  std::string_view file = name.substr(name.rfind('/') + 1);
  auto wanted = site::parse_post_name(std::string(file) + ".md");
  if (!wanted) return not_found("'" + std::string(name) + "' is no name of a post");
  std::string list = site::list_of_post_name(*wanted);
  const site::Items& namesakes = site().list(list);
  reads::NameId id = names().id_of("site." + list);
  recorder_.add_span({id, 0, static_cast<std::uint32_t>(namesakes.size() + 1)});
  // "cat/2020-01-03-c" is "_posts/cat/2020-01-03-c" or "cat/_posts/2020-01-03-c".
  std::string beside =
      std::string(name.substr(0, name.size() - file.size())) + "_posts/" + std::string(file);
  const site::Document* found = nullptr;
  for (std::size_t i = namesakes.size(); i-- > 0;) {  // the oldest first
    const auto& post = static_cast<const site::Document&>(*namesakes.at(i).second);
    std::string_view path = post.facts().shown_path;
    path = path.substr(0, path.rfind('.'));
    bool is_path = path == "_posts/" + std::string(name) || path == beside;
    if (is_path || !found) found = &post;
    if (is_path) break;
  }
  if (!found) return not_found("there is no post '" + std::string(name) + "'");
  return url_of(*found);
}

}  // namespace stet::render
