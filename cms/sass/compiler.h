// Makes CSS of sheets: gathers what they import, runs the engine in a process, remembers results.
//
// What a sheet imports is found before the process starts, so the process needs no disk; what it
// was told is also the whole of its input, and so the name under which its answer is remembered.
// Threads: compile() from any thread; Sources are used by the caller's alone. A sheet that cannot
// be compiled is a problem, with the file, line and column of the sheet to blame.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "cms/sass/job.h"
#include "cms/sass/sheet.h"
#include "cms/sass/sources.h"
#include "storage/base/hash.h"

namespace stet::sass {

struct CompilerOptions {
  // A program that calls serve_worker(), with the arguments that make it.
  std::vector<std::string> worker;
  // Dart Sass's command line, from the server's settings alone; empty: there is none.
  std::vector<std::string> command;
  // Where the command's folders are made; each goes when its run ends.
  std::filesystem::path temporary_folder = "/tmp";
  std::int64_t wall_ms = 60'000;
  std::uint64_t cpu_seconds = 30;
  std::uint64_t memory_bytes = std::uint64_t{2} << 30;  // of address space
  std::uint64_t output_bytes = std::uint64_t{64} << 20;
  std::uint64_t input_bytes = std::uint64_t{32} << 20;  // a sheet with all that it imports
  std::size_t imports_max = 2000;
  std::uint64_t remembered_bytes = std::uint64_t{64} << 20;
};

class Compiler {
 public:
  explicit Compiler(CompilerOptions options) : options_(std::move(options)) {}

  Compiled compile(const Sheet& sheet, Sources& sources);

  // How often a process was run: what was remembered costs none.
  std::uint64_t runs() const { return runs_; }

 private:
  using OutcomePtr = std::shared_ptr<const Outcome>;

  Result<OutcomePtr> run(const Job& job, bool is_command, const Sheet& sheet);
  Result<Outcome> run_worker(const std::string& input) const;
  OutcomePtr find(const Fingerprint& name);
  void remember(const Fingerprint& name, OutcomePtr outcome);

  struct Remembered {
    Fingerprint name;
    OutcomePtr outcome;
  };
  const CompilerOptions options_;
  std::atomic<std::uint64_t> runs_{0};
  std::mutex mutex_;
  std::list<Remembered> recent_;  // the last used first
  std::map<Fingerprint, std::list<Remembered>::iterator> by_name_;
  std::uint64_t bytes_ = 0;
};

}  // namespace stet::sass
