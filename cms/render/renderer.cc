#include "cms/render/renderer.h"

#include <set>

#include "cms/generate/generate.h"
#include "cms/markdown/render.h"
#include "cms/plugins/body_filters.h"
#include "cms/plugins/relative_links.h"
#include "cms/render/markdown_options.h"
#include "cms/render/page_view.h"
#include "cms/render/sheets.h"
#include "cms/schedule/summaries.h"
#include "cms/site/file_name.h"

namespace stet::render {
namespace {

using liquid::Hash;
using liquid::Value;
using reads::Key;
using reads::Kind;

constexpr int kLayoutsMax = 100;  // in layouts in layouts

reads::NameId node(reads::Names& names, std::string_view kind, std::string_view name) {
  return names.id_of(std::string(kind) + ":" + std::string(name));
}

struct NodeName {
  explicit NodeName(std::string_view name)
      : kind(name.substr(0, name.find(':'))), subject(name.substr(kind.size() + 1)) {}
  const std::string_view kind, subject;
};

// The front matter of a layout as `layout`: whoever looks at it has read the layouts' files.
class LayoutDrop final : public liquid::Drop {
 public:
  LayoutDrop(liquid::Ref<Hash> fields, std::vector<reads::NameId> files)
      : fields_(std::move(fields)), files_(std::move(files)) {}

  Value get(std::string_view key, liquid::Host& host) const override {
    record(host);
    const Value* value = fields_->find(key);
    return value ? *value : Value();
  }
  std::vector<std::string> keys(liquid::Host& host) const override {
    record(host);
    std::vector<std::string> keys;
    for (const auto& entry : fields_->entries()) keys.push_back(entry.first);
    return keys;
  }
  bool has_key(std::string_view key, liquid::Host& host) const override {
    record(host);
    return fields_->find(key) != nullptr;
  }
  bool is_hash() const override { return true; }

 private:
  void record(liquid::Host& host) const {
    for (reads::NameId file : files_) site::view_of(host).recorder().add(Key(Kind::kFile, file));
  }
  const liquid::Ref<Hash> fields_;
  const std::vector<reads::NameId> files_;
};

struct Chain {
  liquid::Ref<Hash> fields{new Hash({})};
  std::vector<reads::NameId> files;

  // The inner layout's fields win over the outer's.
  void add(const ParsedTemplate& layout, reads::NameId file) {
    fields = site::deep_merged(*layout.front_matter, *fields);
    files.push_back(file);
  }
  Value value() const { return Value(liquid::Ref<liquid::Drop>(new LayoutDrop(fields, files))); }
};

std::string layout_of(const ParsedTemplate& layout) {
  const Value* name = layout.front_matter->find("layout");
  if (name && name->type() == liquid::Type::kInteger) return std::to_string(name->as_integer());
  bool is_named = name && name->is_string() && name->as_string() != "none";
  return is_named ? std::string(name->as_string()) : "";
}

// What it is made of.
Key key_of_source(const site::Document& document, Stage stage, reads::Names& names) {
  bool is_excerpt = stage == Stage::kExcerpt;
  return {Kind::kField, document.subject(), names.id_of(is_excerpt ? "#excerpt" : "#body")};
}

void append(Problems& problems, const Problems& more) {
  problems.insert(problems.end(), more.begin(), more.end());
}

}  // namespace

Problem unreadable(const site::Document& document, const Error& error) {
  return {Severity::kError, document.path(), 0, 0, "cannot be read: " + error.message};
}

reads::NameId page_node(reads::Names& names, std::string_view path) {
  return node(names, "page", path);
}
reads::NameId content_node(reads::Names& names, std::string_view subject) {
  return node(names, "content", subject);
}
reads::NameId excerpt_node(reads::Names& names, std::string_view subject) {
  return node(names, "excerpt", subject);
}

std::vector<reads::NameId> nodes_of_document(reads::Names& names, std::string_view subject) {
  std::vector<reads::NameId> nodes = {content_node(names, subject), excerpt_node(names, subject)};
  for (std::string_view kind : schedule::kSummariesOfSessions) {
    nodes.push_back(node(names, kind, subject));
  }
  return nodes;
}

bool is_page(std::string_view node_name) { return node_name.starts_with("page:"); }

Key key_of_rendition(reads::Names& names, reads::NameId node) {
  const NodeName name(names.name_of(node));
  return {Kind::kRendition, names.id_of(name.subject), names.id_of(name.kind)};
}

reads::NameId node_of_rendition(reads::Names& names, Key key) {
  return node(names, names.name_of(key.field()), names.name_of(key.subject()));
}

RenditionPtr Renderer::content(const site::Document& document) const {
  reads::NameId node = content_node(site_->names(), document.facts().subject);
  if (RenditionPtr known = tools_.renditions.find(node)) return known;
  auto body = site_->text_of(*document.facts().file);
  return tools_.renditions.add(node,
                               body ? make(document, body->text, Stage::kContent)
                                    : failed(document, body.error(), Stage::kContent));
}

RenditionPtr Renderer::excerpt(const site::Document& document) const {
  reads::NameId node = excerpt_node(site_->names(), document.facts().subject);
  if (RenditionPtr known = tools_.renditions.find(node)) return known;
  auto source = site_->excerpt_of(document.facts().excerpt_source.value());
  return tools_.renditions.add(node,
                               source ? make(document, *source, Stage::kExcerpt)
                                      : failed(document, source.error(), Stage::kExcerpt));
}

RenditionPtr Renderer::summary(std::string_view kind, std::string_view subject) const {
  reads::NameId node = render::node(site_->names(), kind, subject);
  if (RenditionPtr known = tools_.renditions.find(node)) return known;
  MadeRendition made;
  reads::Recorder recorder;
  PageView view(*this, recorder);
  made.rendition.summary = schedule::make_summary(kind, subject, view);
  if (auto failure = view.take_failure()) {
    made.rendition.problems.push_back(*std::move(failure));
    made.rendition.is_failed = made.rendition.is_unread = true;
  }
  made.reads = recorder.take();
  return tools_.renditions.add(node, std::move(made));
}

RenditionPtr Renderer::rendition(reads::NameId node) const {
  const NodeName name(site_->names().name_of(node));
  const bool is_excerpt = name.kind == "excerpt";
  if (!is_excerpt && name.kind != "content") return summary(name.kind, name.subject);
  site::DocumentPtr document = site_->find_document(name.subject);
  if (!document) return nullptr;
  if (!is_excerpt) return content(*document);
  return document->facts().excerpt_source ? excerpt(*document) : nullptr;
}

// The text of `rendition`, which is the document's own, becomes what its Liquid prints.
void Renderer::run_liquid(const site::Document& document,
                          PageView& view,
                          Rendition& rendition) const {
  const site::DocumentFacts& facts = document.facts();
  reads::Names& names = site_->names();
  auto parsed =
      liquid::Template::parse(std::move(rendition.html), facts.path, facts.file->body_line);
  append(rendition.problems, parsed.problems);
  liquid::Globals globals = view.globals();
  std::string name = site::layout_of(document, *site_, view.recorder());
  // Also that there is none can be seen.
  view.recorder().add(Key(Kind::kField, document.subject(), names.id_of("layout")));
  if (!name.empty()) {
    view.recorder().add(Key(Kind::kConfig, names.id_of("config"), names.id_of("layouts_dir")));
    // What is in the layout is read only where the text looks at it.
    std::string path = site_->config().text("layouts_dir") + "/" + name;
    view.recorder().add(Key(Kind::kField, names.id_of(path), names.id_of("layout")));
    if (auto found = site_->find_layout(name)) {
      if (auto layout = tools_.templates.layout(*site_, *found)) {
        Chain chain;
        chain.add(**layout, names.id_of(found->path));
        globals.emplace_back("layout", chain.value());
      }
    }
  }
  auto rendered = parsed.tree->render(globals, view, tools_.limits);
  append(rendition.problems, rendered.warnings);
  append(rendition.problems, view.take_problems());
  if (auto failure = view.take_failure()) {
    rendered.fatal = std::move(failure);
    rendition.is_unread = true;
  }
  if (rendered.fatal) {
    rendition.problems.push_back(*rendered.fatal);
    rendition.is_failed = true;
  }
  rendition.html = std::move(rendered.output);
}

MadeRendition Renderer::failed(const site::Document& document,
                               const Error& error,
                               Stage stage) const {
  MadeRendition made;
  reads::Recorder recorder;
  recorder.add(key_of_source(document, stage, site_->names()));
  made.rendition.problems.push_back(unreadable(document, error));
  made.rendition.is_failed = made.rendition.is_unread = true;
  made.reads = recorder.take();
  return made;
}

MadeRendition Renderer::make(const site::Document& document,
                             std::string_view source,
                             Stage stage) const {
  MadeRendition made;
  Rendition& rendition = made.rendition;
  reads::Recorder recorder;
  PageView view(*this, document, stage, recorder);
  reads::Names& names = site_->names();
  const site::DocumentFacts& facts = document.facts();
  recorder.add(key_of_source(document, stage, names));
  recorder.add(Key(Kind::kField, document.subject(), names.id_of("render_with_liquid")));
  Value with_liquid = document.field("render_with_liquid");
  bool is_liquid = with_liquid.is_nil() || with_liquid.is_truthy();
  bool has_links = plugins::takes_relative_links(document, view);
  rendition.html =
      has_links ? plugins::with_page_links(source, document, view) : std::string(source);
  if (is_liquid && rendition.html.find('{') != std::string::npos) {
    run_liquid(document, view, rendition);
  }
  if (facts.is_markdown && !rendition.is_failed) {
    auto html = markdown::render(rendition.html, read_markdown_options(view));
    rendition.html = std::move(html.html);
    for (Problem& problem : html.problems) {
      problem.path = facts.path;
      if (problem.line > 0) problem.line += facts.file->body_line - 1;
      rendition.problems.push_back(std::move(problem));
    }
  }
  if (facts.is_sheet && !rendition.is_failed) make_css(document, view, rendition);
  if (facts.is_sheet || !rendition.problems.empty()) {  // both name lines of the file
    recorder.add(Key(Kind::kField, document.subject(), names.id_of("#line")));
  }
  made.reads = recorder.take();
  return made;
}

Result<ParsedTemplatePtr> Renderer::layout_named(std::string_view name,
                                                 reads::Recorder& recorder) const {
  reads::Names& names = site_->names();
  std::string path = site_->config().text("layouts_dir") + "/" + std::string(name);
  recorder.add(Key(Kind::kField, names.id_of(path), names.id_of("layout")));
  if (auto found = site_->find_layout(name)) {
    recorder.add(Key(Kind::kFile, names.id_of(found->path)));
    return tools_.templates.layout(*site_, *found);
  }
  if (auto text = generate::layout_text(name, site_->config())) {
    return tools_.templates.built_in(path, *text);
  }
  return not_found("layout '" + std::string(name) + "' does not exist; make " + path + ".html");
}

std::string Renderer::render_document(const site::Document& document,
                                      reads::Recorder& recorder,
                                      Problems& problems,
                                      Outcome& outcome) const {
  reads::Names& names = site_->names();
  const site::DocumentFacts& facts = document.facts();
  if (!facts.failure.empty()) {
    recorder.add(Key(Kind::kField, document.subject(), names.id_of("*")));
    problems.push_back({Severity::kError, facts.path, 1, 0, facts.failure});
    outcome.is_failed = true;
    return "";
  }
  RenditionPtr body = content(document);
  recorder.add(Key(Kind::kRendition, document.subject(), names.id_of("content")));
  recorder.add(Key(Kind::kField, document.subject(), names.id_of("layout")));
  recorder.add(Key(Kind::kConfig, names.id_of("config"), names.id_of("layouts_dir")));
  append(problems, body->problems);
  outcome = {body->is_failed, body->is_unread};
  bool& is_failed = outcome.is_failed;
  std::string output = body->html;
  PageView view(*this, document, Stage::kLayout, recorder);
  Chain chain;
  std::set<std::string> used;
  for (std::string name = site::layout_of(document, *site_, recorder);
       !name.empty() && !is_failed;) {
    if (!used.insert(name).second || used.size() > kLayoutsMax) break;
    auto layout = layout_named(name, recorder);
    if (!layout && layout.error().code == ErrorCode::kNotFound) {
      problems.push_back({Severity::kWarning, facts.path, 1, 0, layout.error().message});
      break;
    }
    if (!layout) {
      problems.push_back({Severity::kError, facts.path, 0, 0, layout.error().message});
      is_failed = true;
      break;
    }
    append(problems, (*layout)->problems);
    chain.add(**layout, names.id_of((*layout)->tree->path()));
    liquid::Globals globals = view.globals();
    globals.emplace_back("content", Value(std::move(output)));
    globals.emplace_back("layout", chain.value());
    auto rendered = (*layout)->tree->render(globals, view, tools_.limits);
    append(problems, rendered.warnings);
    if (auto failure = view.take_failure()) {
      rendered.fatal = std::move(failure);
      outcome.is_unread = true;
    }
    if (rendered.fatal) problems.push_back(*rendered.fatal);
    is_failed = rendered.fatal.has_value();
    output = std::move(rendered.output);
    name = layout_of(**layout);
  }
  append(problems, view.take_problems());
  return is_failed ? output : plugins::with_body_filters(std::move(output), document, view);
}

void Renderer::make_css(const site::Document& document,
                        PageView& view,
                        Rendition& rendition) const {
  const site::DocumentFacts& facts = document.facts();
  std::string_view extension = site::extension_of(facts.path);
  bool is_page = facts.kind == site::DocumentKind::kPage;
  auto compiled = compile_sheet({.text = std::move(rendition.html),
                                 .path = facts.path,
                                 .first_line = facts.file->body_line,
                                 .name = is_page ? std::string(document.file_name()) : "stdin",
                                 .is_indented = extension == ".sass" || extension == ".SASS",
                                 .has_map = !facts.map_path.empty()},
                                view,
                                tools_.sheets);
  rendition.html = std::move(compiled.css);
  rendition.source_map = std::move(compiled.map);
  rendition.is_failed = compiled.is_failed;
  append(rendition.problems, compiled.problems);
}

Status Renderer::copy(const site::StaticFile& file, RenderedPage& page) const {
  if (tools_.files) page.content = TRY(tools_.files->open_large(file.blob()));
  if (page.content) return {};
  page.bytes = TRY(site_->read(file));
  auto pointer = tools_.files ? storage::parse_lfs_pointer(page.bytes) : std::nullopt;
  if (!pointer) return {};
  page.content = TRY(tools_.files->open(*pointer));
  page.bytes.clear();
  return {};
}

RenderedPage Renderer::render(const site::Output& output) const {
  RenderedPage page;
  page.source = output.item->path();
  reads::Recorder recorder;
  if (output.is_static) {
    const auto& file = static_cast<const site::StaticFile&>(*output.item);
    recorder.add(Key(Kind::kFile, site_->names().id_of(file.path())));
    Status copied = copy(file, page);
    if (!copied) {
      page.is_failed = true;
      page.problems.push_back({Severity::kError, file.path(), 0, 0, copied.error().message});
    }
  } else {
    const auto& document = static_cast<const site::Document&>(*output.item);
    if (output.is_source_map) {
      RenditionPtr body = content(document);
      recorder.add(Key(Kind::kRendition, document.subject(), site_->names().id_of("content")));
      page.bytes = body->source_map;
      page.is_failed = body->is_failed;
      page.is_unread = body->is_unread;
      page.problems = body->is_unread ? body->problems : Problems();
      page.reads = recorder.take();
      return page;
    }
    page.bytes = render_document(document, recorder, page.problems, page);
  }
  page.reads = recorder.take();
  return page;
}

}  // namespace stet::render
