#include "cms/sass/compiler.h"

#include <algorithm>

#include "cms/sass/command.h"
#include "cms/sass/gather.h"
#include "storage/process/process.h"

namespace stet::sass {
namespace {

constexpr int kRoundsMax = 64;  // of imports that were not found at a glance
constexpr char kNoCommand[] =
    "the configuration asks for another Sass than libsass, which made this sheet; name its program "
    "by --sass-command, or by 'command' of [sass] in the server's settings";
constexpr std::string_view kMark = "\xEF\xBB\xBF";
constexpr std::string_view kCharset = "@charset \"UTF-8\";";

// Instrumented programs need more addresses than any limit would leave them.
#ifdef __SANITIZE_ADDRESS__
constexpr bool kHasMemoryLimit = false;
#else
constexpr bool kHasMemoryLimit = true;
#endif

storage::ProcessLimits limits_of(const CompilerOptions& options) {
  storage::ProcessLimits limits;
  limits.wall_ms = options.wall_ms;
  limits.cpu_seconds = options.cpu_seconds;
  limits.memory_bytes = kHasMemoryLimit ? options.memory_bytes : 0;
  limits.output_bytes = options.output_bytes;
  limits.written_file_bytes = options.output_bytes;
  return limits;
}

std::string on_one_line(std::string_view text) {
  std::string line;
  for (char c : text) {
    bool is_blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
    if (!is_blank) line += c;
    if (is_blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

Problem problem_of(const Outcome& outcome, const Sheet& sheet) {
  Problem problem{Severity::kError, outcome.file, outcome.line, outcome.column, ""};
  if (outcome.file.empty() || outcome.file == sheet.name || outcome.file == "stdin") {
    problem.path = sheet.path;
    if (problem.line > 0) problem.line += sheet.first_line - 1;
  }
  problem.message = "Sass: " + on_one_line(outcome.message);
  return problem;
}

std::string without_mark(const std::string& css, bool has_charset) {
  if (!css.starts_with(kMark)) return css;
  return std::string(has_charset ? kCharset : "") + css.substr(kMark.size());
}

Compiled failed(const Sheet& sheet, const std::string& message, std::vector<std::string> paths) {
  Compiled compiled;
  compiled.is_failed = true;
  compiled.problems.push_back({Severity::kError, sheet.path, sheet.first_line, 0, message});
  compiled.looked_for = std::move(paths);
  return compiled;
}

std::string why_ended(const storage::Finished& finished, const CompilerOptions& options) {
  using Ending = storage::Finished::Ending;
  switch (finished.ending) {
    case Ending::kTimedOut:
      return "Sass: the sheet takes longer than " + std::to_string(options.wall_ms / 1000) + " s";
    case Ending::kTooMuchOutput:
      return "Sass: the sheet makes more than " + std::to_string(options.output_bytes >> 20) +
             " MiB of CSS";
    case Ending::kSignalled:
      return "Sass: the compiler crashed, or took more time or memory than it may (signal " +
             std::to_string(finished.code) + "); is a mixin or function endless?";
    case Ending::kUnwanted:
    case Ending::kExited: break;
  }
  return "Sass: the compiler took more memory than it may, or could not be run";
}

}  // namespace

Compiled Compiler::compile(const Sheet& sheet, Sources& sources) {
  if (sheet.text.empty()) return {};
  bool is_command = sheet.engine == Engine::kCommand && !options_.command.empty();
  Gathering gathering(sheet, sources, {options_.input_bytes, options_.imports_max});
  Status followed = gathering.follow();
  for (int round = 0; followed && round < kRoundsMax; ++round) {
    auto outcome = run(gathering.job(), is_command, sheet);
    if (!outcome) return failed(sheet, outcome.error().message, gathering.looked_for());
    if (!(*outcome)->missing.empty()) {
      followed = gathering.add((*outcome)->missing);
      continue;
    }
    Compiled compiled;
    compiled.is_failed = (*outcome)->is_failed;
    if (compiled.is_failed) compiled.problems.push_back(problem_of(**outcome, sheet));
    compiled.css = without_mark((*outcome)->css, sheet.has_charset);
    compiled.map = (*outcome)->map;
    if (sheet.engine == Engine::kCommand && !is_command) {
      compiled.problems.push_back({Severity::kWarning, sheet.path, 0, 0, kNoCommand});
    }
    compiled.looked_for =
        is_command ? gathering.looked_for() : gathering.looked_for((*outcome)->used);
    return compiled;
  }
  return failed(sheet,
                "Sass: " + (followed ? "imports lie too deep" : followed.error().message),
                gathering.looked_for());
}

Result<Compiler::OutcomePtr> Compiler::run(const Job& job, bool is_command, const Sheet& sheet) {
  std::string input = encode(job);
  Fingerprinter fingerprinter;
  fingerprinter.add(std::uint64_t{is_command}).add(input);
  if (is_command) {
    for (const std::string& path : sheet.load_paths) fingerprinter.add(path);
  }
  Fingerprint name = fingerprinter.finish();
  if (OutcomePtr known = find(name)) return known;
  ++runs_;
  CommandRun command{
      options_.command, sheet.load_paths, options_.temporary_folder, limits_of(options_)};
  if (is_command) command.limits.memory_bytes = 0;  // its runtime reserves more than it uses
  Outcome outcome = is_command ? TRY(compile_with_command(job, command)) : TRY(run_worker(input));
  auto made = std::make_shared<const Outcome>(std::move(outcome));
  remember(name, made);
  return made;
}

Result<Outcome> Compiler::run_worker(const std::string& input) const {
  if (options_.worker.empty()) return unavailable("Sass: no compiler was given");
  storage::Command command;
  command.argv = options_.worker;
  command.input = input;
  command.limits = limits_of(options_);
  auto finished = TRY(storage::run(command));
  bool is_done = finished.ending == storage::Finished::Ending::kExited && finished.code == 0;
  if (!is_done) return unavailable(why_ended(finished, options_));
  auto outcome = decode_outcome(finished.output);
  if (!outcome) return internal("Sass: the compiler's answer cannot be read");
  return std::move(*outcome);
}

Compiler::OutcomePtr Compiler::find(const Fingerprint& name) {
  std::lock_guard lock(mutex_);
  auto at = by_name_.find(name);
  if (at == by_name_.end()) return nullptr;
  recent_.splice(recent_.begin(), recent_, at->second);
  return at->second->outcome;
}

void Compiler::remember(const Fingerprint& name, OutcomePtr outcome) {
  auto size_of = [](const Outcome& one) { return one.css.size() + one.map.size() + 1024; };
  std::lock_guard lock(mutex_);
  if (by_name_.contains(name)) return;
  bytes_ += size_of(*outcome);
  recent_.push_front({name, std::move(outcome)});
  by_name_[name] = recent_.begin();
  while (bytes_ > options_.remembered_bytes && recent_.size() > 1) {
    bytes_ -= size_of(*recent_.back().outcome);
    by_name_.erase(recent_.back().name);
    recent_.pop_back();
  }
}

}  // namespace stet::sass
