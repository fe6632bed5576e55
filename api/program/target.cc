#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>

#include "api/program/command.h"
#include "api/program/progress_line.h"
#include "api/program/secret_file.h"
#include "api/program/settings.h"
#include "api/program/target_parts.h"
#include "storage/base/durable_file.h"
#include "storage/base/time.h"
#include "storage/git/repository.h"

namespace stet::program {
namespace {

namespace fs = std::filesystem;

struct TargetFlags {
  std::string repository, state, settings, key_file;
  std::vector<std::string> names;
};

// What a target needs of a server that is not running.
struct Opened {
  SystemClock clock;
  SystemRandom random;
  Settings settings;
  std::optional<storage::Repository> repository;
  fs::path state;
  std::unique_ptr<storage::TargetState> known;
  std::unique_ptr<publish::Store> store;
  std::unique_ptr<publish::Variants> variants;
  std::unique_ptr<publish::Publisher> publisher;
};

Result<std::unique_ptr<Opened>> open(const TargetFlags& flags) {
  auto opened = std::make_unique<Opened>();
  opened->settings = TRY(read_settings(flags.settings, Secrets::kReachable));
  storage::OpenOptions options;
  options.is_any_owner_trusted = opened->settings.is_any_owner_trusted;
  opened->repository = TRY(storage::Repository::open(flags.repository, options));
  opened->state = TRY(state_folder(flags.state, opened->repository->path()));
  opened->known = TRY(open_target_state(opened->state));
  return opened;
}

std::string when(const std::optional<Instant>& instant) {
  return instant ? iso_instant(*instant) : "never";
}

Status list(const TargetFlags& flags) {
  auto opened = TRY(open(flags));
  for (const TargetSettings& target : opened->settings.targets.targets) {
    auto row = opened->known->target(target.name);
    if (!row && row.error().code != ErrorCode::kNotFound) return std::move(row).error();
    const storage::TargetRow told = row ? *row
                                        : storage::TargetRow{.name = target.name,
                                                             .kind = target.type(),
                                                             .place = "",
                                                             .mark = "",
                                                             .commit = ""};
    std::cout << told.name << "\t" << told.kind << "\t"
              << (told.commit.empty() ? "-" : told.commit.substr(0, 10)) << "\t" << told.files
              << " files\t" << told.behind << " behind\t" << when(told.succeeded) << "\t"
              << told.place << (told.error.empty() ? "" : "\t" + told.error) << "\n";
  }
  return {};
}

Status run_one(Opened& opened, const TargetSettings& target) {
  const TargetWorld world{.repository = opened.repository->path(),
                          .state = fs::absolute(opened.state),
                          .branch = TRY(opened.repository->default_branch()),
                          .name = opened.settings.commits.name,
                          .email = opened.settings.commits.email,
                          .known = *opened.known,
                          .store = *opened.store,
                          .variants = *opened.variants,
                          .clock = opened.clock,
                          .random = opened.random};
  ProgressLine line;
  const TargetPart part = TRY(make_target(target, opened.settings.targets, world));
  targets::RoundParts parts{.name = part.name,
                            .kind = part.kind,
                            .target = *part.target,
                            .state = *opened.known,
                            .store = *opened.store,
                            .clock = opened.clock,
                            .purger = part.purger.get(),
                            .progress = line.progress().get(),
                            .note = [](std::string_view note) { std::cerr << note << std::endl; }};
  if (part.sealer) {
    parts.seal = [&](auto& live, auto& expected, auto& bytes_of) {
      return part.sealer->seal(live, expected, bytes_of);
    };
  }
  const auto round = TRY(targets::Round::open(std::move(parts)));
  const auto done = TRY(round->run(*opened.publisher->live()));
  std::cout << part.name << "\t" << done.written << " written\t" << done.deleted << " deleted\t"
            << done.waiting << " waiting to be rendered" << std::endl;
  return {};
}

Status run_now(const TargetFlags& flags) {
  auto opened = TRY(open(flags));
  opened->store = TRY(publish::Store::open(opened->state / "pages"));
  opened->variants = std::make_unique<publish::Variants>(*opened->store);
  auto publisher = publish::Publisher::open(opened->state / "live");
  if (!publisher) {
    return std::move(publisher).error().within(
        "a server that runs publishes to its targets by itself");
  }
  opened->publisher = *std::move(publisher);
  if (!opened->publisher->live()) {
    return not_found("nothing is published yet: start the server once");
  }
  Status first_failure;
  std::size_t found = 0;
  for (const TargetSettings& target : opened->settings.targets.targets) {
    const bool is_wanted =
        flags.names.empty() || std::count(flags.names.begin(), flags.names.end(), target.name) > 0;
    if (!is_wanted) continue;
    ++found;
    Status done = run_one(*opened, target);
    if (done) continue;
    std::cerr << "stet: " << target.name << ": " << done.error().message << "\n";
    first_failure = unavailable("not all targets have what is live");
  }
  if (found < std::max<std::size_t>(flags.names.size(), 1)) {
    return not_found("the settings have no such target: [targets.NAME]");
  }
  return first_failure;
}

Status make_key(const TargetFlags& flags) {
  SystemRandom random;
  const fs::path file = flags.key_file, open_file = flags.key_file + ".pub";
  const auto secret = MinisignSecretKey::make(random);
  TRY(write_secret(file, secret.file()));
  TRY(write_durably(open_file, secret.public_key().file()));
  std::cout << secret.public_key().text() << "\n";
  return {};
}

void add_place(CLI::App& command, TargetFlags& flags) {
  command.add_option("--repo", flags.repository, "the repository that is served")->required();
  command.add_option(
      "--state", flags.state, "where the server's state lies (default: <repo>/stet)");
  command.add_option("--settings", flags.settings, "the server's settings file")->required();
}

}  // namespace

void add_target(CLI::App& program, Run& run) {
  auto flags = std::make_shared<TargetFlags>();
  CLI::App* target = program.add_subcommand(
      "target", "where the site is published to: folders, branches, buckets");
  target->require_subcommand(1);
  CLI::App* show = target->add_subcommand("list", "the targets, and how each stands");
  add_place(*show, *flags);
  show->callback([flags, &run] { run = [flags] { return list(*flags); }; });
  CLI::App* now = target->add_subcommand("run", "publish what is live, while no server runs");
  add_place(*now, *flags);
  now->add_option("NAME", flags->names, "of the targets (default: all)");
  now->callback([flags, &run] { run = [flags] { return run_now(*flags); }; });
  CLI::App* key = target->add_subcommand(
      "key", "make a key to sign copies with, for sign_key, and FILE.pub to verify them");
  key->add_option("FILE", flags->key_file, "of the secret key")->required();
  key->callback([flags, &run] { run = [flags] { return make_key(*flags); }; });
}

}  // namespace stet::program
