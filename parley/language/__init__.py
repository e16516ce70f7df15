"""Our own English analyser: text to sentences with tags, trees and names."""
