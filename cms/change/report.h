// Collects what is wrong with one file, with the place of each field.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "cms/change/validate.h"
#include "cms/document/data.h"
#include "cms/document/document.h"
#include "cms/document/pointer.h"
#include "cms/site/role.h"

namespace stet::change {

enum class FileShape { kDocument, kYaml };

class Report {
 public:
  Report(std::string_view bytes, FileShape shape) : bytes_(bytes), shape_(shape) {}

  void error(std::string pointer, std::string message) {
    add(Severity::kError, std::move(pointer), std::move(message));
  }
  void warn(std::string pointer, std::string message) {
    add(Severity::kWarning, std::move(pointer), std::move(message));
  }
  // What a schema says.
  void tell(Severity severity, std::string pointer, std::string message) {
    add(severity, std::move(pointer), std::move(message), true);
  }
  // What a session clashes with.
  void clash(Severity severity, std::string pointer, std::string message);
  // What a parser found, with its own place.
  void add(const Problem& problem, std::string pointer);

  bool is_full() const { return findings_.size() >= kFindingsMax; }
  Findings take() { return std::move(findings_); }

 private:
  void add(Severity severity, std::string pointer, std::string message, bool is_of_schema = false);

  const std::string_view bytes_;
  const FileShape shape_;
  Findings findings_;
};

// Of the field, or else of the nearest one around it that is there. None in a file of more than
// 64 KiB: it is parsed for each place.
std::optional<document::Position> place_of(std::string_view bytes,
                                           FileShape shape,
                                           std::string pointer);

using document::pointer_token;

// The kinds of content, each in a file of its own. `map` is the front matter, or the file's data.
void check_fields(const document::Data& map,
                  const RepoPath& path,
                  const site::RoleOf& role,
                  const Surroundings& surroundings,
                  Report& report);
// Control characters, which break feeds: a warning for each text that has one.
void check_text(const document::Data& front_matter,
                std::string_view body,
                int body_line,
                Report& report);
void check_session(const document::Data& map,
                   const RepoPath& path,
                   const Surroundings& surroundings,
                   Report& report);
void check_speaker(const document::Data& map,
                   const RepoPath& path,
                   const Surroundings& surroundings,
                   Report& report);
void check_event(const document::Data& data, Report& report);
void check_config(const document::Data& data, Report& report);
// Of its keys, those that have a meaning.
void check_settings(const document::Data& config, Report& report);
// What `stet.collections` of the configuration says of fields.
void check_collections(const document::Data& config, Report& report);
// Fields by what the site says of them; `begin`: the pointer of the data.
void check_schema(const document::Data& data,
                  const std::string& key,
                  const Surroundings& surroundings,
                  const std::string& begin,
                  Report& report);

// True for a permalink whose placeholders all exist for a document of that kind; else `message`.
bool is_permalink(std::string_view permalink, bool is_page, bool has_date, std::string& message);

}  // namespace stet::change
