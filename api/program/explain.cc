#include <CLI/CLI.hpp>
#include <iostream>

#include "api/program/command.h"
#include "api/program/site_options.h"
#include "cms/publish/resolve.h"
#include "cms/site/permalink.h"

namespace stet::program {
namespace {

std::string path_of_url(std::string url) {
  if (auto scheme = url.find("://"); scheme != std::string::npos) {
    auto slash = url.find('/', scheme + 3);
    url = slash == std::string::npos ? "/" : url.substr(slash);
  }
  return site::output_path_of(url, "");
}

Status explain(const SiteFlags& flags, const std::string& url) {
  auto request = TRY(read_site_flags(flags, {"_site", ".jekyll-cache"}));
  std::string wanted = path_of_url(url);
  reads::Names names;
  render::Templates templates;
  render::Renditions renditions;
  render::Instants instants;
  site::Builder builder(request.site, names);
  auto site = TRY(builder.build(std::move(request.source)));
  const site::Output* output = site->find_output(wanted);
  if (!output) output = site->find_output(wanted + "/index.html");
  if (!output) return not_found("the site has no page '" + url + "'");
  render::Renderer renderer(site, {templates, renditions, instants, request.limits});
  auto page = renderer.render(*output);
  std::cout << url << " is made of " << output->item->path() << " and reads\n";
  for (reads::Key key : page.reads.keys) std::cout << "  " << reads::describe(key, names) << "\n";
  for (const auto& span : page.reads.spans) {
    std::cout << "  " << reads::describe(span, names) << "\n";
  }
  for (const auto& [node, reads] : renditions.take_fresh()) {
    std::cout << names.name_of(node) << " reads\n";
    for (reads::Key key : reads.keys) std::cout << "  " << reads::describe(key, names) << "\n";
    for (const auto& span : reads.spans) {
      std::cout << "  " << reads::describe(span, names) << "\n";
    }
  }
  for (const Problem& problem : page.problems)
    std::cout << "problem: " << to_string(problem) << "\n";
  return {};
}

}  // namespace

void add_explain(CLI::App& program, Run& run) {
  auto flags = std::make_shared<SiteFlags>();
  auto url = std::make_shared<std::string>();
  CLI::App* command =
      program.add_subcommand("explain", "say what a page is made of and depends on");
  command->add_option("URL", *url, "of the page, or its path: /about/")->required();
  add_site_flags(*command, *flags);
  command->callback([flags, url, &run] { run = [flags, url] { return explain(*flags, *url); }; });
}

}  // namespace stet::program
