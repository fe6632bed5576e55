// [targets] and [targets.NAME] of the settings: where the site is published to.
//
// What a target of a type needs is judged when all is read; what its words mean, when it is made
// (target_parts.h). Threads: values.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "storage/base/result.h"
#include "storage/outbound/address_filter.h"

namespace stet::program {

struct TargetSettings {
  std::string name;
  std::map<std::string, std::vector<std::string>, std::less<>> values;  // of its section, by key

  std::string type() const { return text("type"); }
  // "" where the section has no such key.
  std::string text(std::string_view key, std::string_view otherwise = "") const;
};

struct TargetKey {
  std::string_view key, about, example;  // the example as a file has it
  std::string_view types = "";           // whose it is: "git s3!", with ! where it must be there
  bool is_list = false;
};

struct TargetsSettings {
  std::vector<Network> allowed_networks;  // beside the public internet
  std::vector<TargetSettings> targets;    // in the order of the file

  // One `key = values` of [targets.<target>]. kInvalidInput names the key and the mend.
  Status take(const std::string& target,
              const std::string& key,
              const std::vector<std::string>& values);
  // Once all is read: types are known, and each has what it needs and nothing that it has not.
  Status check() const;
  // The sections as a settings file has them, without what may be a secret in them.
  std::string show() const;
  // All of it, to be compared and never shown.
  std::string hidden() const;
  // What a section may have, in the order in which it is told.
  static const std::vector<TargetKey>& keys();
};

}  // namespace stet::program
