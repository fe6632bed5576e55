#include "api/program/settings_text.h"

#include <algorithm>

#include "api/program/roff.h"
#include "api/program/setting_table.h"

namespace stet::program {
namespace {

constexpr std::size_t kValueColumns = 32;
constexpr std::string_view kReload = " (reload)";

constexpr std::string_view kHead =
    R"(# Settings of one stet server: every one that there is, with its default behind '#'.
# stet.toml(5) says the same. The server of a unit stet@NAME.service reads /etc/stet/NAME.toml.
#
#   stet config check FILE             what is wrong with a file, by line
#   stet config show FILE              what holds
#   systemctl reload stet@NAME         takes up what says (reload) below
#   systemctl restart stet@NAME        takes up all
#
# Secrets stand in files of their own, which only root and stet may read (chown root:stet, chmod
# 640; of [remote]: chown stet, chmod 600), or are handed over by systemd (LoadCredential=NAME:FILE
# in the unit; "credential:NAME" here).
)";

std::string padded(std::string text) {
  text.resize(std::max(text.size() + 1, kValueColumns), ' ');
  return text;
}

std::string about(const Setting& setting) {
  return std::string(setting.about) + std::string(setting.is_reloadable ? kReload : "");
}

constexpr std::string_view kProvider = "A provider of OpenID Connect by whom people sign in.";
constexpr std::string_view kTarget = "A place that the site is published to.";

// A section of which there may be several, each with a name of its own.
template <typename Keys>
void add_section_example(std::string_view section,
                         std::string_view what,
                         const Keys& keys,
                         std::string& text) {
  text.append("\n# [").append(section).append(".example]   # ").append(what);
  text += " Several may be.\n";
  for (const auto& key : keys) {
    text += padded("# " + std::string(key.key) + " = " + std::string(key.example)) + "# ";
    text.append(key.about).append("\n");
  }
}

template <typename Keys>
void add_section_in_roff(std::string_view section,
                         std::string_view what,
                         const Keys& keys,
                         std::string& text) {
  text += ".SH [" + roff(section) + ".NAME]\n" + roff(what) + "\n";
  for (const auto& key : keys) {
    text += ".TP\n.B " + roff(key.key) + "\n" + roff(key.about) +
            "\n.br\nSuch as: " + roff(key.example) + "\n";
  }
}

}  // namespace

std::string show_settings(const Settings& settings) {
  std::string text, section;
  for (const Setting& setting : setting_table()) {
    if (setting.section() != section) {
      section = setting.section();
      text += (text.empty() ? "[" : "\n[") + section + "]\n";
    }
    text.append(setting.name()).append(" = " + setting.kind.show(settings) + "\n");
  }
  return text + settings.oidc.show() + settings.targets.show();
}

std::string example_settings() {
  const Settings defaults;
  std::string text(kHead), section;
  for (const Setting& setting : setting_table()) {
    if (setting.section() != section) {
      section = setting.section();
      text += "\n[" + section + "]\n";
    }
    std::string line = "# " + std::string(setting.name()) + " = " + setting.kind.show(defaults);
    text += padded(std::move(line)) + "# " + about(setting) + "\n";
  }
  add_section_example("oidc", kProvider, OidcSettings::keys(), text);
  add_section_example("targets", kTarget, TargetsSettings::keys(), text);
  return text;
}

std::string settings_in_roff() {
  const Settings defaults;
  std::string text, section;
  for (const Setting& setting : setting_table()) {
    if (setting.section() != section) {
      section = setting.section();
      text += ".SH [" + roff(section) + "]\n";
    }
    text += ".TP\n.B " + roff(setting.name()) + "\n" + roff(setting.about) +
            "\n.br\nDefault: " + roff(setting.kind.show(defaults)) +
            (setting.is_reloadable ? "; taken up by a reload" : "") + "\n";
  }
  add_section_in_roff("oidc", kProvider, OidcSettings::keys(), text);
  add_section_in_roff("targets", kTarget, TargetsSettings::keys(), text);
  return text;
}

SettingsDiff compare_settings(const Settings& before, const Settings& after) {
  SettingsDiff diff;
  for (const Setting& setting : setting_table()) {
    const Kind& kind = setting.kind;
    bool is_same = kind.show(before) == kind.show(after) &&
                   (!kind.hidden || kind.hidden(before) == kind.hidden(after));
    if (is_same) continue;
    (setting.is_reloadable ? diff.reloadable : diff.others).emplace_back(setting.key);
  }
  bool is_same =
      before.oidc.show() == after.oidc.show() && before.oidc.secrets() == after.oidc.secrets();
  if (!is_same) diff.others.emplace_back("oidc");
  if (before.targets.hidden() != after.targets.hidden()) diff.others.emplace_back("targets");
  return diff;
}

}  // namespace stet::program
