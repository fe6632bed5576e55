// What Groovy and the build files of Gradle call their own.
#pragma once

#include "cms/highlight/word_set.h"

namespace stet::highlight {

// clang-format off
inline constexpr WordSet kGroovyKeywords{{
    "as", "assert", "break", "case", "catch", "continue", "default", "do", "else", "finally", "for",
    "goto", "if", "in", "instanceof", "new", "return", "switch", "this", "throw", "try", "while",
}};

inline constexpr WordSet kGroovyDeclarations{{
    "abstract", "const", "enum", "extends", "final", "implements", "native", "private", "protected",
    "public", "static", "strictfp", "super", "synchronized", "throws", "transient", "volatile",
}};

inline constexpr WordSet kGroovyTypes{{
    "boolean", "byte", "char", "def", "double", "float", "int", "long", "short", "void",
}};

inline constexpr WordSet kGradleKeywords{{
    "allprojects", "artifacts", "buildscript", "configuration", "dependencies", "publishing",
    "repositories", "sourceSets", "subprojects",
}};

inline constexpr WordSet kGradleTypes{{
    "ArtifactResolutionQuery", "ComponentSelection", "ComponentSelectionRules", "Configuration",
    "ConventionProperty", "ExtensionAware", "ExtraPropertiesExtension", "Gradle",
    "IncrementalTaskInputs", "IvyArtifact", "IvyArtifactSet", "IvyModuleDescriptorSpec",
    "IvyPublication", "JavaToolChain", "MavenArtifact", "MavenArtifactSet", "MavenPom",
    "MavenPublication", "PluginDependenciesSpec", "PluginDependencySpec", "Project",
    "PublishingExtension", "ResolutionStrategy", "ResourceHandler", "Script", "Settings",
    "SourceSet", "SourceSetOutput", "Task", "TextResourceFactory",
}};
// clang-format on

}  // namespace stet::highlight
