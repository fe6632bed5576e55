#include <CLI/CLI.hpp>
#include <iostream>
#include <nlohmann/json.hpp>

#include "api/auth/tokens.h"
#include "api/hooks/local_hook.h"
#include "api/program/command.h"
#include "api/program/site_options.h"
#include "cms/publish/output_path.h"
#include "cms/site/permalink.h"
#include "storage/git/repository.h"

namespace stet::program {
namespace {

using Json = nlohmann::json;

constexpr std::chrono::seconds kPatience{30};
constexpr std::int64_t kTokenSeconds = 60;

struct ExplainFlags {
  SiteFlags site;
  std::string state, url;
};

// "/about/" of "http://example.org/about/?x".
std::string path_of(std::string url) {
  if (auto scheme = url.find("://"); scheme != std::string::npos) {
    auto slash = url.find('/', scheme + 3);
    url = slash == std::string::npos ? "/" : url.substr(slash);
  }
  url = url.substr(0, url.find_first_of("?#"));
  return url.starts_with('/') ? url : "/" + url;
}

void print_list(std::string_view heading, const std::vector<std::string>& sentences) {
  if (sentences.empty()) return;
  std::cout << heading << "\n";
  for (const std::string& sentence : sentences) std::cout << "  " << sentence << "\n";
}

std::vector<std::string> strings_of(const Json& list) {
  return list.is_array() ? list.get<std::vector<std::string>>() : std::vector<std::string>();
}

void print_answer(const Json& json) {
  std::cout << json.value("url", "") << " is made of " << json.value("source", "") << "\n";
  bool is_stale = json.value("is_stale", false);
  print_list(
      is_stale ? "It is to be rendered again, because it" : "It was last rendered because it",
      strings_of(json.value("reasons", Json())));
  print_list("It reads", strings_of(json.value("reads", Json())));
  for (const Json& printed : json.value("prints", Json::array())) {
    print_list("The " + printed.value("name", "") + " reads",
               strings_of(printed.value("reads", Json())));
  }
  for (const Json& problem : json.value("problems", Json::array())) {
    std::cout << "problem: " << problem.value("path", "") << ":" << problem.value("line", 0) << ": "
              << problem.value("message", "") << "\n";
  }
}

// kNotFound: no server runs, or the repository has no state that we may look at.
Result<hooks::LocalAnswer> ask_running(const ExplainFlags& flags) {
  auto repository = TRY(storage::Repository::open(flags.site.repository));
  auto state =
      flags.state.empty() ? repository.path() / "stet" : std::filesystem::path(flags.state);
  TRY(hooks::read_invitation(state));
  auto ledger = TRY(storage::Ledger::open(state / "ledger.sqlite"));
  SystemClock clock;
  SystemRandom random;
  auth::Tokens tokens(*ledger, clock, random);
  auto token = TRY(tokens.create({.name = "stet explain",
                                  .scopes = {auth::Scope::kContentRead},
                                  .lifetime_seconds = kTokenSeconds}));
  std::string path = "/api/v1/explain?url=" + publish::encode_url_path(path_of(flags.url));
  auto answer = hooks::ask_server(state, path, token.secret, kPatience);
  TRY(tokens.revoke(token.id));
  return answer;
}

std::vector<std::string> sentences_of(const reads::Reads& reads, const reads::Names& names) {
  std::vector<std::string> sentences;
  for (reads::Key key : reads.keys) sentences.push_back(reads::describe(key, names));
  for (const auto& span : reads.spans) sentences.push_back(reads::describe(span, names));
  return sentences;
}

Status explain_by_build(const ExplainFlags& flags) {
  auto request = TRY(read_site_flags(flags.site, {"_site", ".jekyll-cache"}, Sight::kPublic));
  std::string wanted = site::output_path_of(path_of(flags.url), "");
  reads::Names names;
  render::Templates templates;
  render::Renditions renditions;
  render::Instants instants;
  site::Builder builder(request.site, names);
  auto site = TRY(builder.build(std::move(request.source)));
  const site::Output* output = site->find_output(wanted);
  if (!output) output = site->find_output(wanted + "/index.html");
  if (!output) return not_found("the site has no page '" + flags.url + "'");
  render::Renderer renderer(site,
                            {templates,
                             renditions,
                             instants,
                             request.limits,
                             request.sheets.get(),
                             request.pictures.get()});
  auto page = renderer.render(*output);
  std::cout << flags.url << " is made of " << output->item->path() << "\n";
  print_list("It reads", sentences_of(page.reads, names));
  for (const auto& [node, reads] : renditions.take_fresh()) {
    std::string name(names.name_of(node));
    std::size_t colon = name.find(':');
    print_list("The " + name.substr(0, colon) + " of " + name.substr(colon + 1) + " reads",
               sentences_of(reads, names));
  }
  for (const Problem& problem : page.problems) {
    std::cout << "problem: " << to_string(problem) << "\n";
  }
  return {};
}

// The server knows why; a build knows what.
Status explain(const ExplainFlags& flags) {
  bool is_of_server = !flags.site.repository.empty() && flags.site.ref.empty();
  if (!is_of_server) return explain_by_build(flags);
  auto answer = ask_running(flags);
  if (!answer) {
    bool is_running = answer.error().code != ErrorCode::kNotFound;
    if (is_running) return std::move(answer).error().within("ask the running server");
    return explain_by_build(flags);
  }
  try {
    Json json = Json::parse(answer->body);
    if (answer->status != 200) return not_found(json.value("detail", "the server cannot tell"));
    print_answer(json);
  } catch (const Json::exception&) {
    return unavailable("what answers is no stet");
  }
  return {};
}

}  // namespace

void add_explain(CLI::App& program, Run& run) {
  auto flags = std::make_shared<ExplainFlags>();
  CLI::App* command = program.add_subcommand(
      "explain",
      "say what a page is made of and depends on, and why the running server last rendered it");
  command->add_option("URL", flags->url, "of the page, or its path: /about/")->required();
  command->add_option("--state", flags->state, "of the running server (default: <repo>/stet)")
      ->type_name("DIR");
  add_site_flags(*command, flags->site);
  command->callback([flags, &run] { run = [flags] { return explain(*flags); }; });
}

}  // namespace stet::program
