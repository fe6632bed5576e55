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

void add_provider_example(std::string& text) {
  text +=
      "\n# [oidc.example]   # a provider of OpenID Connect by whom people sign in; several may "
      "be\n";
  for (const OidcKey& key : OidcSettings::keys()) {
    text += padded("# " + std::string(key.key) + " = " + std::string(key.example)) + "# ";
    text.append(key.about).append("\n");
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
  return text + settings.oidc.show();
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
  add_provider_example(text);
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
  text += ".SH [oidc.NAME]\nA provider of OpenID Connect by whom people sign in.\n";
  for (const OidcKey& key : OidcSettings::keys()) {
    text += ".TP\n.B " + roff(key.key) + "\n" + roff(key.about) +
            "\n.br\nSuch as: " + roff(key.example) + "\n";
  }
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
  return diff;
}

}  // namespace stet::program
