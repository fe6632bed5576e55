#include "cms/sass/libsass.h"

#include <sass/base.h>
#include <sass/context.h>
#include <sass/functions.h>
#include <sass2scss.h>

#include <memory>

#include "cms/sass/import_scan.h"
#include "cms/sass/resolve.h"
#include "cms/sass/source_map.h"
#include "storage/base/path_text.h"

namespace stet::sass {
namespace {

// Of sass2scss: as libsass itself calls it for files of the indented syntax.
constexpr int kPretty = SASS2SCSS_PRETTIFY_1 | SASS2SCSS_KEEP_COMMENT;

struct Deleter {
  void operator()(Sass_Data_Context* context) const { sass_delete_data_context(context); }
};

std::string text_of(const char* text) { return text ? text : ""; }

// libsass's own are absolute.
std::string site_path(const char* path) {
  std::string text = text_of(path), root = std::string(kSiteRoot) + "/";
  return text.starts_with(root) ? text.substr(root.size()) : text;
}

struct Run {
  const Job& job;
  Outcome outcome;
};

Sass_Import_List one(Sass_Import_Entry entry) {
  Sass_Import_List list = sass_make_import_list(1);
  sass_import_set_list_entry(list, 0, entry);
  return list;
}

Sass_Import_List refusal(const char* name, const std::string& message) {
  Sass_Import_Entry entry = sass_make_import_entry(name, nullptr, nullptr);
  constexpr auto kHere = static_cast<std::size_t>(-1);  // where the @import stands
  return one(sass_import_set_error(entry, message.c_str(), kHere, kHere));
}

std::string ambiguity(const std::string& name, const std::vector<std::string>& found) {
  std::string message = "It's not clear which file to import for '@import \"" + name + "\"': ";
  for (const std::string& path : found) message += (&path == &found.front() ? "" : ", ") + path;
  return message + "; delete or rename all but one of these files";
}

// Null: libsass goes on by itself, which leaves CSS as it is and finds no file (worker.h).
Sass_Import_List import(const char* name, Sass_Importer_Entry self, Sass_Compiler* compiler) {
  Run& run = *static_cast<Run*>(sass_importer_get_cookie(self));
  std::string from = site_path(sass_import_get_abs_path(sass_compiler_get_last_import(compiler)));
  Import key{std::string(parent_folder(from)), name};
  auto known = run.job.imports.find(key);
  if (known == run.job.imports.end()) {
    if (is_css_import(name)) return nullptr;
    run.outcome.missing.push_back(std::move(key));
    return refusal(name, "not told");
  }
  if (!known->second) return nullptr;
  run.outcome.used.push_back(std::move(key));
  const std::vector<std::string>& found = *known->second;
  if (found.size() > 1) return refusal(name, ambiguity(name, found));
  auto file = found.empty() ? run.job.files.end() : run.job.files.find(found.front());
  if (file == run.job.files.end()) return nullptr;
  std::string path = std::string(kSiteRoot) + "/" + file->first;
  char* text = path.ends_with(".sass") ? sass2scss(file->second.c_str(), kPretty)
                                       : sass_copy_c_string(file->second.c_str());
  return one(sass_make_import(name, path.c_str(), text, nullptr));
}

Sass_Output_Style style_of(Style style) {
  switch (style) {
    case Style::kNested: return SASS_STYLE_NESTED;
    case Style::kExpanded: return SASS_STYLE_EXPANDED;
    case Style::kCompact: return SASS_STYLE_COMPACT;
    case Style::kCompressed: return SASS_STYLE_COMPRESSED;
  }
  return SASS_STYLE_COMPACT;
}

void set_options(Sass_Options* options, Run& run) {
  const Job& job = run.job;
  std::string stem = job.name.substr(0, job.name.rfind('.'));
  sass_option_set_is_indented_syntax_src(options, job.is_indented);
  sass_option_set_input_path(options, job.name.c_str());
  sass_option_set_output_style(options, style_of(job.style));
  sass_option_set_source_comments(options, job.has_line_comments);
  if (job.precision > 0) sass_option_set_precision(options, job.precision);
  sass_option_set_omit_source_map_url(options, !job.has_map);
  sass_option_set_source_map_contents(options, true);
  if (job.has_map) sass_option_set_source_map_file(options, (stem + ".css.map").c_str());
  Sass_Importer_List importers = sass_make_importer_list(1);
  sass_importer_set_list_entry(importers, 0, sass_make_importer(import, 0, &run));
  sass_option_set_c_importers(options, importers);
}

}  // namespace

Outcome compile_with_libsass(const Job& job) {
  Run run{job, {}};
  std::unique_ptr<Sass_Data_Context, Deleter> data(
      sass_make_data_context(sass_copy_c_string(job.text.c_str())));
  Sass_Context* context = sass_data_context_get_context(data.get());
  set_options(sass_context_get_options(context), run);
  Outcome& outcome = run.outcome;
  outcome.is_failed = sass_compile_data_context(data.get()) != 0;
  if (outcome.is_failed) {
    outcome.message = text_of(sass_context_get_error_text(context));
    if (outcome.message.empty()) outcome.message = text_of(sass_context_get_error_message(context));
    outcome.file = site_path(sass_context_get_error_file(context));
    outcome.line = static_cast<int>(sass_context_get_error_line(context));
    outcome.column = static_cast<int>(sass_context_get_error_column(context));
  } else {
    outcome.css = text_of(sass_context_get_output_string(context));
    if (job.has_map) {
      outcome.map = with_sources_once(text_of(sass_context_get_source_map_string(context)));
    }
  }
  return std::move(run.outcome);
}

}  // namespace stet::sass
