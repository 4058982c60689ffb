"""The nouns of the city as frozen values. Standard library only: everything else may import this."""
