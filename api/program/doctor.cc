#include <CLI/CLI.hpp>
#include <iostream>
#include <nlohmann/json.hpp>

#include "api/program/checkup.h"
#include "api/program/command.h"

namespace stet::program {

void Checkup::add(Gravity gravity, std::string check, std::string what, std::string mend) {
  symptoms.push_back({gravity, std::move(check), std::move(what), std::move(mend)});
}

namespace {

struct DoctorFlags {
  SiteFlags site;
  std::string state, settings;
  bool is_quick = false, is_rendering = false, is_json = false;
};

const char* name_of(Gravity gravity) {
  switch (gravity) {
    case Gravity::kNote: return "note";
    case Gravity::kWarning: return "warning";
    case Gravity::kError: break;
  }
  return "error";
}

void look_at_all(const DoctorFlags& flags, Checkup& checkup) {
  auto settings = read_settings(flags.settings, Secrets::kReachable);
  if (settings) {
    checkup.settings = std::move(*settings);
  } else {
    checkup.add(Gravity::kError, "settings", settings.error().message, "as it says");
  }
  look_at_repository(checkup);
  look_at_objects(checkup);
  look_at_hooks(checkup);
  look_at_owners(checkup);
  look_at_locks(checkup);
  look_at_ledger_file(checkup);
  look_at_kept_pages(checkup);
  if (flags.is_rendering) look_at_rendered_pages(checkup);
  look_at_disk(checkup);
  look_at_clock(checkup);
  look_at_programs(checkup);
}

void tell_as_json(const std::vector<Symptom>& symptoms, bool is_healthy) {
  nlohmann::ordered_json json = {{"healthy", is_healthy},
                                 {"symptoms", nlohmann::ordered_json::array()}};
  for (const Symptom& symptom : symptoms) {
    json["symptoms"].push_back({{"severity", name_of(symptom.gravity)},
                                {"check", symptom.check},
                                {"what", symptom.what},
                                {"mend", symptom.mend}});
  }
  std::cout << json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << "\n";
}

void tell(const std::vector<Symptom>& symptoms, bool is_healthy) {
  for (const Symptom& symptom : symptoms) {
    std::cout << name_of(symptom.gravity) << ": " << symptom.check << ": " << symptom.what
              << "\n  mend: " << symptom.mend << "\n";
  }
  if (is_healthy) std::cout << "nothing is wrong\n";
}

Status examine(const DoctorFlags& flags) {
  SystemClock clock;
  const std::filesystem::path folder = flags.site.repository;
  Checkup checkup{.folder = folder,
                  .state = state_place(flags.state, folder),
                  .settings = {},
                  .site = flags.site,
                  .is_quick = flags.is_quick,
                  .clock = clock};
  look_at_all(flags, checkup);
  std::size_t wrong = 0;
  for (const Symptom& symptom : checkup.symptoms) wrong += symptom.gravity != Gravity::kNote;
  flags.is_json ? tell_as_json(checkup.symptoms, wrong == 0) : tell(checkup.symptoms, wrong == 0);
  if (wrong == 0) return {};
  return invalid_input(std::to_string(wrong) + " of what was found needs a hand");
}

}  // namespace

void add_doctor(CLI::App& program, Run& run) {
  auto flags = std::make_shared<DoctorFlags>();
  CLI::App* command = program.add_subcommand(
      "doctor",
      "look a site over, served or not: objects, ledger, hooks, disk, owners, clock, programs");
  add_site_flags(*command, flags->site);
  command->add_option("--state", flags->state, "where the ledger lies (default: <repo>/stet)");
  command->add_option("--settings", flags->settings, "the server's settings file");
  command->add_flag("--quick", flags->is_quick, "without reading every object and every page");
  command->add_flag(
      "--pages", flags->is_rendering, "render every live page again and compare; flags as served");
  command->add_flag("--json", flags->is_json, "the findings as JSON");
  command->callback([flags, &run] {
    run = [flags]() -> Status {
      if (flags->site.repository.empty()) return invalid_input("name the repository: --repo DIR");
      return examine(*flags);
    };
  });
}

}  // namespace stet::program
