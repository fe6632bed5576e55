#include "cms/pipeline/made_page.h"

#include <utility>

#include "cms/publish/mime.h"
#include "cms/publish/output_path.h"

namespace stet::pipeline {
namespace {

// Of what stet makes, formats of which the extension does not tell enough: schedule.xml has one
// that IANA has registered.
constexpr std::pair<std::string_view, std::string_view> kOwnTypes[] = {
    {"schedule.xml", "application/vnd.c3voc.schedule+xml"},
    {"schedule/changes.xml", "application/atom+xml"}};

std::string type_of(std::string_view path, const site::Output& output) {
  for (const auto& [own, type] : kOwnTypes) {
    bool is_made = path == own && !output.is_static &&
                   static_cast<const site::Document&>(*output.item).facts().kind ==
                       site::DocumentKind::kGenerated;
    if (is_made) return std::string(type);
  }
  std::string_view name = path.substr(path.rfind('/') + 1);
  std::size_t dot = name.rfind('.');
  return std::string(
      publish::type_of_extension(dot == std::string_view::npos ? "" : name.substr(dot)));
}

}  // namespace

void add_fault_of_place(const std::string& output_path, render::RenderedPage& page) {
  auto output = publish::OutputPath::parse(output_path);
  if (output) return;
  page.problems.push_back(
      {Severity::kWarning,
       page.source,
       0,
       0,
       "this is shown nowhere: its " + output.error().message + "; give it another permalink"});
}

Result<MadePage> make_page(const render::Renderer& renderer,
                           const site::SitePtr& site,
                           publish::Store& store,
                           const std::string& path) {
  MadePage made;
  made.path = path;
  made.site = site;
  const site::Output* output = site->find_output(path);
  if (!output) return made;
  made.page = renderer.render(*output);
  if (made.page.is_unread) return unavailable(to_string(made.page.problems.back()));
  add_fault_of_place(path, made.page);
  if (made.page.is_failed) return made;
  std::string bytes = std::exchange(made.page.bytes, {});
  ByteSourcePtr source = std::exchange(made.page.content, {});
  auto content = source ? store.put(*source) : store.put(bytes);
  if (!content) return std::move(content).error().within("store " + path);
  made.stored =
      publish::Page{*content, source ? source->size() : bytes.size(), type_of(path, *output)};
  return made;
}

}  // namespace stet::pipeline
